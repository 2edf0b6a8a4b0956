// Moves the breaks between a sentence's captions without leaving the page: by their buttons, and by dragging the handle
// at the end of a caption over the words on both sides of it.
//
//   <div id="cues" data-said="Caption 2 begins with …">
//     <input name="seen_cuts" value="12 30">
//     <li data-cue="…"><button data-cut name="act" value="cut-later:0" id="…">…</button> <p data-cue-text>…</p></li>
//   </div>

import { field, say } from "./parts.js";
import { look } from "./typing.js";

const DROP = "cue-drop"; // the name of a highlight in the stylesheet

async function act(value, id) {
  if (!(await look(value))) return;
  const said = document.getElementById("cues")?.dataset.said;
  if (said) say(said);
  if (id) (document.getElementById(id) ?? field()).focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cut]");
  if (!button) return;
  event.preventDefault();
  if (button.ariaDisabled !== "true") act(button.value, button.id);
});

const texts = () => [...document.querySelectorAll("#cues [data-cue-text]")];

// A handle after each caption but the last.
function handle() {
  if (!document.querySelector("#cues [data-cut]")) return;
  for (const [number, text] of texts().slice(0, -1).entries()) {
    if (text.querySelector(".cue-handle")) continue;
    const grip = document.createElement("span");
    grip.className = "cue-handle";
    grip.dataset.border = number;
    text.append(grip);
  }
}

let dragged = null; // { border, place }

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".cue-handle");
  if (!grip || event.button) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  dragged = { border: Number(grip.dataset.border), place: null };
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const at = found(event.clientX, event.clientY);
  if (!at) return;
  dragged.place = at.place;
  show(at);
});

document.addEventListener("pointerup", () => {
  if (!dragged) return;
  const { border, place } = dragged;
  forget();
  if (place !== null) act(`cut-to:${border}:${place}`);
});

document.addEventListener("pointercancel", forget);

function forget() {
  dragged = null;
  globalThis.CSS?.highlights?.delete(DROP);
}

// The place in the whole text under the pointer: only in the captions on both sides of the break.
function found(x, y) {
  const [node, offset] = caret(x, y);
  const beside = texts().slice(dragged.border, dragged.border + 2);
  const number = beside.findIndex((text) => text.firstChild === node);
  if (number < 0) return null;
  const cuts = [0, ...document.querySelector("#cues [name=seen_cuts]").value.split(" ").map(Number)];
  const passed = [...node.data.slice(0, offset)].length; // in characters, as cuts are counted
  return { node, offset, isBefore: number === 0, place: cuts[dragged.border + number] + passed };
}

function caret(x, y) {
  const position = document.caretPositionFromPoint?.(x, y);
  if (position) return [position.offsetNode, position.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [null, 0];
}

// What would change its caption.
function show({ node, offset, isBefore }) {
  if (!globalThis.CSS?.highlights) return;
  const range = new Range();
  range.setStart(node, isBefore ? offset : 0);
  range.setEnd(node, isBefore ? node.length : offset);
  CSS.highlights.set(DROP, new Highlight(range));
}

for (const when of ["hand", "checked"]) document.addEventListener(when, handle);
handle();
