// What somebody typed and has not saved, by the path of its text. It is kept in this tab, over signing in again and
// loading the page anew; where nothing may be kept, until the page is left.

const PREFIX = "polylect.draft.";
const here = new Map();

export function keepDraft(path, draft) {
  here.set(path, draft);
  try {
    sessionStorage.setItem(PREFIX + path, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: it holds for this page.
  }
}

export function draftOf(path) {
  try {
    return here.get(path) ?? JSON.parse(sessionStorage.getItem(PREFIX + path));
  } catch {
    return null;
  }
}

export function dropDraft(path) {
  here.delete(path);
  try {
    sessionStorage.removeItem(PREFIX + path);
  } catch {
    // There is nothing to remove.
  }
}
