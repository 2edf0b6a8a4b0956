// Goes from text to text and saves without loading the page again: the server answers with the parts that changed, and
// each takes the place of the one with the same id.
//
//   <a href="…" data-line="UUID">…</a>
//   <form method="post" action="…" data-write>…<button name="act" value="save">…</button></form>
//
// Others may listen: `hand` is sent to the document whenever another text is in hand.

export const bench = document.querySelector("[data-workbench]");
export const hand = () => document.getElementById("hand");
export const field = () => document.querySelector("[data-text]");

let isBusy = false;
// What is being written, with the breaks that were moved in it.
const written = () => JSON.stringify([field()?.value, field()?.form.elements.cuts?.value]);

let kept = written(); // what the server knows

export const isChanged = () => field() !== null && written() !== kept;

export async function ask(address, options = {}) {
  const stage = document.getElementById("stage")?.dataset.stage ?? "";
  const headers = { "X-Fragment": "parts", "X-Stage": encodeURIComponent(stage) };
  const answer = await fetch(address, { ...options, headers });
  if (!answer.headers.get("X-Fragment")) {
    if (answer.redirected && answer.ok) return location.assign(answer.url); // to signing in
    throw new Error(`status ${answer.status}`);
  }
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template.content;
}

export function put(parts) {
  for (const part of [...parts.querySelectorAll("[id]")]) {
    if (part.parentElement?.closest("[id]")) continue; // goes with the part that it is in
    const old = document.getElementById(part.id);
    if (part.id === "said") old.textContent = part.textContent;
    else if (old) old.replaceWith(part);
  }
  for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;
}

export function say(words) {
  const said = document.getElementById("said");
  said.textContent = words;
}

function fail() {
  say(bench.dataset.failed);
  document.getElementById("said").className = "notice notice-error";
}

export async function go(address, { push = true, options = {}, focus = true } = {}) {
  if (isBusy) return;
  isBusy = true;
  bench.ariaBusy = "true";
  const before = hand().dataset.line;
  try {
    const parts = await ask(address, options);
    if (!parts) return;
    put(parts);
    kept = written();
    mark();
    if (push && hand().dataset.line !== before) history.pushState(null, "", hand().dataset.address);
    if (focus) (field() && !field().readOnly ? field() : document.getElementById("hand-title")).focus();
    document.dispatchEvent(new CustomEvent("hand"));
  } catch {
    fail();
  } finally {
    isBusy = false;
    bench.ariaBusy = "false";
  }
}

// Marks the text in hand in the list, and brings it into view there without moving the page.
export function mark() {
  for (const link of document.querySelectorAll(".lines [aria-current]")) link.removeAttribute("aria-current");
  const link = document.querySelector(`.lines [data-line="${hand().dataset.line}"]`);
  if (!link) return;
  link.ariaCurrent = "true";
  const list = document.getElementById("list");
  if (list.scrollHeight > list.clientHeight) {
    const inside = link.getBoundingClientRect(), frame = list.getBoundingClientRect();
    if (inside.top < frame.top || inside.bottom > frame.bottom) {
      list.scrollTop += inside.top - frame.top - frame.height / 3;
    }
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (!bench.contains(link)) return;
  event.preventDefault();
  leave(() => go(link.href));
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-write]");
  if (!form) return;
  event.preventDefault();
  document.getElementById("said").className = "unseen";
  const body = new FormData(form, event.submitter);
  go(form.action, { options: { method: "POST", body } });
});

// A form whose answer is one part of the panel: <form data-part>.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-part]");
  if (!form) return;
  event.preventDefault();
  try {
    const parts = await ask(form.action, { method: "POST", body: new FormData(form, event.submitter) });
    if (!parts) return;
    put(parts);
    document.dispatchEvent(new CustomEvent("part"));
  } catch {
    fail();
  }
});

addEventListener("popstate", () => go(location.href, { push: false }));

addEventListener("beforeunload", (event) => {
  if (isChanged()) event.preventDefault();
});

// What was typed and not saved is kept for its text, and comes back with it.
const drafts = new Map();

export function leave(act) {
  if (isChanged()) {
    const { cuts, cut_text } = field().form.elements;
    drafts.set(hand().dataset.line, { text: field().value, cuts: cuts?.value, cut_text: cut_text?.value });
  }
  act();
}

document.addEventListener("hand", () => {
  const draft = drafts.get(hand().dataset.line);
  if (draft === undefined || !field()) return;
  drafts.delete(hand().dataset.line);
  const { cuts, cut_text } = field().form.elements;
  field().value = draft.text;
  if (cuts) cuts.value = draft.cuts;
  if (cut_text) cut_text.value = draft.cut_text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
});

mark();
