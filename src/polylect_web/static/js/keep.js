// What a reader chose, kept in this browser alone. Where nothing may be kept, every page starts afresh.

const PREFIX = "polylect.";

/** The value kept under this name, or the fallback. */
export function kept(name, fallback = "") {
  try {
    return localStorage.getItem(PREFIX + name) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Keeps a value (a string) under this name. */
export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is full or forbidden: the choice holds for this page.
  }
}
