// The keys of the workbench; `?` lists them (<dialog data-keys>). They are chosen so that typing, moving in the text and
// what browsers and screen readers keep for themselves stay as they are.

import { field } from "./parts.js";
import { replace } from "./typing.js";
import { back, playOrPause } from "./stage.js";

const dialog = document.querySelector("[data-keys]");

document.querySelector("[data-keys-open]")?.addEventListener("click", () => dialog.showModal());

document.addEventListener("keydown", (event) => {
  const act = chosen(event);
  if (!act) return;
  event.preventDefault();
  act();
});

function chosen(event) {
  const { key, code, altKey, shiftKey, target } = event;
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.isComposing || dialog?.open) return null;
  if (ctrl && !altKey && !shiftKey && key === "Enter") return save;
  if (altKey && !ctrl && key === "ArrowDown") return () => press("[data-go=next]");
  if (altKey && !ctrl && key === "ArrowUp") return () => press("[data-go=previous]");
  if (ctrl && code === "Space") return shiftKey ? back : playOrPause;
  if (altKey && !ctrl && /^Digit[1-9]$/.test(code)) return take(Number(code.slice(-1)));
  if (ctrl && shiftKey && code === "KeyC") return () => press("[data-copy-source]");
  if (ctrl && shiftKey && key === "Backspace") return () => replace("");
  if (ctrl && shiftKey && code === "KeyM") return remark;
  if (key === "?" && !target.closest("input, textarea, select")) return () => dialog?.showModal();
  return null;
}

// The number by which each suggestion can be taken stands beside it.
function number() {
  for (const [at, button] of [...document.querySelectorAll("#hand [data-take]")].slice(0, 9).entries()) {
    const shown = button.querySelector("[data-take-number]");
    if (!shown) continue;
    shown.hidden = false;
    shown.textContent = `Alt ${at + 1}`;
  }
}

for (const when of ["hand", "part"]) document.addEventListener(when, number);
number();

function save() {
  const form = field()?.form;
  const button = form?.querySelector("[data-save]");
  if (button) form.requestSubmit(button);
}

function press(selector) {
  document.querySelector(`#hand ${selector}`)?.click();
}

function take(number) {
  const known = document.querySelectorAll("#hand [data-take]")[number - 1];
  return known ? () => known.click() : null;
}

function remark() {
  const text = document.getElementById("remark");
  if (!text) return;
  const details = text.closest("details");
  if (details) details.open = true;
  text.focus();
}
