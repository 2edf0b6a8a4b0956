// The keys of the caption editor; `?` lists them (<dialog data-keys>). While somebody taps along, Space and the arrows
// are moments, wherever the focus is.

import { act, count, cursor, go, inHand, send, words } from "./track.js";
import { begins, ends, isTapping, playCue, playOn, position, startOrStop, stop } from "./track-film.js";

const dialog = document.querySelector("[data-keys]");

document.querySelector("[data-keys-open]")?.addEventListener("click", () => dialog.showModal());

document.addEventListener(
  "keydown",
  (event) => {
    if (event.isComposing || dialog?.open) return;
    const chosen = isTapping() ? tapped(event) : (anywhere(event) ?? inWords(event));
    if (!chosen) return;
    event.preventDefault();
    event.stopPropagation();
    chosen();
  },
  { capture: true },
);

// A button is pressed by Space when it is let go: that would be a second tap.
document.addEventListener("keyup", (event) => {
  if (isTapping() && event.code === "Space") event.preventDefault();
});

function tapped({ key, code, repeat }) {
  if (key === "Escape") return stop;
  if (code === "Space" || key === "ArrowDown") return repeat ? () => {} : begins;
  if (key === "ArrowUp") return repeat ? () => {} : ends;
  return null;
}

function anywhere(event) {
  const { key, code, altKey, shiftKey, target } = event;
  const ctrl = event.ctrlKey || event.metaKey;
  if (altKey && !ctrl && key === "ArrowDown") return () => go(inHand() + 1);
  if (altKey && !ctrl && key === "ArrowUp") return () => go(inHand() - 1);
  if (ctrl && !altKey && code === "Space") return shiftKey ? playOn : playCue;
  if (ctrl && !altKey && !shiftKey && key === "Enter") return () => act("insert", positioned());
  if (ctrl && shiftKey && code === "KeyM") return () => act("merge");
  if (ctrl && altKey && code === "KeyZ") return () => send(shiftKey ? "redo" : "undo");
  if (altKey && !ctrl && code === "Digit0") return startOrStop;
  if (altKey && !ctrl && /^Digit[1-6]$/.test(code)) return timed(Number(code.slice(-1)), shiftKey);
  if (key === "?" && !target.closest("input, textarea, select")) return () => dialog?.showModal();
  return null;
}

function timed(digit, byFrame) {
  if (digit > 4) return position() === null ? null : () => send(digit === 5 ? "start-here" : "end-here", { time: position() });
  const way = (digit % 2 ? "-" : "+") + (byFrame ? "frame" : "");
  return () => send(`${digit < 3 ? "start" : "end"}:${way}`);
}

// Enter and Backspace in the text of a cue, where they would do nothing of use else.
function inWords({ key, target, shiftKey, ctrlKey, altKey, metaKey }) {
  if (!target.matches?.("#cues textarea") || ctrlKey || altKey || metaKey) return null;
  const { selectionStart: at, selectionEnd, value } = target;
  if (key === "Enter" && !shiftKey && at === selectionEnd) {
    if (value.slice(at).trim()) return "at" in cursor() ? () => act("split", cursor(), 0) : null;
    return inHand() + 1 < count() ? () => go(inHand() + 1, 0) : () => act("insert", positioned());
  }
  if (key === "Backspace" && at === 0 && selectionEnd === 0 && inHand() > 0) {
    const before = words(inHand() - 1);
    return () => act("merge-before", {}, before ? before.value.trimEnd().length : 0);
  }
  return null;
}

const positioned = () => (position() === null ? {} : { time: position() });
