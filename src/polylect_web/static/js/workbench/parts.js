// Goes from text to text and saves without loading the page again: the server answers with the parts that changed, and
// each takes the place of the one with the same id.
//
//   <a href="…" data-line="UUID">…</a>
//   <form method="post" action="…" data-write>…<button name="act" value="save">…</button></form>
//
// Others may listen: `hand` is sent to the document whenever another text is in hand.

import { draftOf, dropDraft, keepDraft } from "./drafts.js";

export const bench = document.querySelector("[data-workbench]");
export const hand = () => document.getElementById("hand");
export const field = () => document.querySelector("[data-text]");

let isBusy = false;
// What is being written, with the breaks that were moved in it.
const written = () => JSON.stringify([field()?.value, field()?.form.elements.cuts?.value]);

// What the server knows; null where it gave back what it did not save.
const known = () => (field()?.dataset.unsaved === undefined ? written() : null);

let kept = known();
let isLeaving = false;

export const isChanged = () => field() !== null && written() !== kept;

export async function ask(address, options = {}) {
  const stage = document.getElementById("stage")?.dataset.stage ?? "";
  const headers = { "X-Fragment": "parts", "X-Stage": encodeURIComponent(stage) };
  const answer = await fetch(address, { ...options, headers });
  if (!answer.headers.get("X-Fragment")) {
    if (answer.redirected && answer.ok) {
      isLeaving = true;
      return location.assign(answer.url); // to signing in
    }
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

// `stays`: the id of where somebody is who said something beside the text; empty: they go to the text.
export async function go(address, { push = true, options = {}, focus = true, writes = false, stays = "" } = {}) {
  if (isBusy) return;
  isBusy = true;
  bench.ariaBusy = "true";
  const before = hand().dataset.line, path = pathOfHand();
  try {
    const parts = await ask(address, options);
    if (!parts) return;
    const isTypedOn = writes && field().value !== options.body.get("text"); // while it was sent
    put(parts);
    kept = known();
    if (writes && kept !== null && !isTypedOn) dropDraft(path);
    mark();
    if (push && hand().dataset.line !== before) history.pushState(null, "", hand().dataset.address);
    if (focus) place(stays).focus();
    document.dispatchEvent(new CustomEvent("hand"));
  } catch {
    fail();
  } finally {
    isBusy = false;
    bench.ariaBusy = "false";
  }
}

// Where to go on: at what was refused, where they are, or at the text.
function place(stays) {
  const text = field() && !field().readOnly ? field() : document.getElementById("hand-title");
  return hand().querySelector("[data-refused]") ?? document.getElementById(stays) ?? text;
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
  const { stays } = form.dataset;
  leave(() => go(form.action, { options: { method: "POST", body }, writes: form.contains(field()), stays }));
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

addEventListener("popstate", () => leave(() => go(location.href, { push: false })));

addEventListener("beforeunload", (event) => {
  if (isChanged() && !isLeaving) event.preventDefault();
});

// What was typed and not saved is kept for its text, and comes back with it: as of the source and the translation that its
// writer saw, so that what others did meanwhile is noticed when it is saved.
const KEPT_FIELDS = ["source", "seen", "cuts", "seen_cuts", "cut_text"];
const pathOfHand = () => new URL(hand().dataset.address, location).pathname;

function keep() {
  if (!field() || field().readOnly) return;
  if (!isChanged()) return dropDraft(pathOfHand());
  const { elements } = field().form;
  const others = KEPT_FIELDS.map((name) => [name, elements[name]?.value]);
  keepDraft(pathOfHand(), { text: field().value, ...Object.fromEntries(others) });
}

export function leave(act) {
  keep();
  act();
}

export function bringBack() {
  const draft = draftOf(pathOfHand());
  if (!draft || !field() || field().readOnly || field().dataset.unsaved !== undefined) return;
  dropDraft(pathOfHand());
  const { elements } = field().form;
  field().value = draft.text;
  for (const name of KEPT_FIELDS) if (elements[name] && draft[name] !== undefined) elements[name].value = draft[name];
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("hand", bringBack);
document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-text]")) keep();
});
addEventListener("pagehide", keep);

mark();
