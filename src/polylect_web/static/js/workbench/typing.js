// Looks at a translation while it is typed, a moment after the last key: the server says what it finds, below the text.
//
//   <form data-write data-check="…/check/"><textarea data-text>…</textarea> <button data-insert="<1></1>">…</button></form>

import { ask, field, hand, put } from "./parts.js";

const PAUSE_MS = 400;
let timer;
let asked = 0;

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-text]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => look(), PAUSE_MS);
});

// Saving looks as well, and what it says is not to be overwritten by an earlier look.
document.addEventListener("submit", ({ target }) => {
  if (target !== field()?.form) return;
  clearTimeout(timer);
  asked++;
});

// `act`: what is to be done with the breaks of a sentence. Whether what is shown is what was asked for.
export async function look(act = "") {
  const form = field()?.form;
  if (!form) return false;
  clearTimeout(timer);
  const body = new FormData(form);
  if (act) body.set("act", act);
  const mine = ++asked;
  const line = hand().dataset.line;
  try {
    const parts = await ask(form.dataset.check, { method: "POST", body });
    if (!parts || mine !== asked || line !== hand().dataset.line) return false; // somebody typed on
    const held = document.activeElement?.id; // it may be in a part that is replaced
    put(parts);
    if (held && document.activeElement?.id !== held) document.getElementById(held)?.focus();
    document.querySelector("#hand [data-refused]:focus")?.scrollIntoView({ block: "nearest" }); // what is said above moves it
    document.dispatchEvent(new CustomEvent("checked"));
    return true;
  } catch {
    return false; // it is looked at again when it is saved
  }
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const button = target.closest("[data-insert]");
  if (button) return insert(button.dataset.insert);
  const take = target.closest("[data-take]");
  if (take) {
    event.preventDefault();
    return replace(take.dataset.take);
  }
  if (target.closest("[data-copy-source]")) replace(document.getElementById("source").dataset.source);
});

// Puts words where the cursor is; a pair of placeholders goes around what is selected.
export function insert(words) {
  const text = field();
  if (!text || text.readOnly) return;
  const pair = words.match(/^(<[a-z]*\d+>)(<\/[a-z]*\d+>)$/);
  const { selectionStart: start, selectionEnd: end, value } = text;
  const put = pair ? pair[1] + value.slice(start, end) + pair[2] : words;
  text.setRangeText(put, start, end, "end");
  if (pair && start === end) text.setSelectionRange(start + pair[1].length, start + pair[1].length);
  changed(text);
}

export function replace(words) {
  const text = field();
  if (!text || text.readOnly) return;
  text.focus();
  text.select();
  if (!document.execCommand?.("insertText", false, words)) text.value = words; // so that undoing brings back what was there
  changed(text);
}

function changed(text) {
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
