// Points into a picture: a click fills the two numbers beside it, and what stands in them moves the pin. exercise.js
// asks for this module when somebody first does either.
//
//   <fieldset data-picture>
//     <svg viewBox="0 0 600 400" data-picture-plane>…</svg>
//     <svg><svg class="pin pin-none" x="50%" y="50%" data-picture-pin>…</svg></svg>
//     <input data-picture-across> <input data-picture-down>
//   </fieldset>
//
// Without scripts the numbers are written by hand, and the server draws the pin.

const ZEROS = [0x30, 0x660, 0x6f0, 0x966]; // the digits that people type: European, Arabic, Persian and Urdu, Devanagari

// A click somewhere in the picture's field: the place is where it hit the picture.
export function point(picture, event) {
  const plane = event.target.closest("[data-picture-plane]");
  if (!plane) return;
  const box = plane.getBoundingClientRect();
  const { width, height } = plane.viewBox.baseVal;
  const [across, down] = fieldsOf(picture);
  across.value = pixel((event.clientX - box.left) / box.width, width);
  down.value = pixel((event.clientY - box.top) / box.height, height);
  movePin(picture);
}

// Puts the pin where the numbers say, without the sign of a verdict on another place; away where they say nowhere.
export function movePin(picture) {
  const plane = picture.querySelector("[data-picture-plane]");
  const pin = picture.querySelector("[data-picture-pin]");
  if (!plane || !pin) return;
  const { width, height } = plane.viewBox.baseVal;
  const [across, down] = fieldsOf(picture).map((field) => whole(field.value));
  const isInside = across <= width && down <= height;
  pin.classList.remove("pin-right", "pin-not-yet");
  pin.classList.toggle("pin-none", !isInside);
  if (!isInside) return;
  pin.setAttribute("x", `${(100 * across) / width}%`);
  pin.setAttribute("y", `${(100 * down) / height}%`);
}

function fieldsOf(picture) {
  return ["across", "down"].map((name) => picture.querySelector(`[data-picture-${name}]`));
}

function pixel(share, size) {
  return Math.min(Math.max(Math.round(share * size), 0), size);
}

// A whole number in digits of any of these scripts; NaN, which is never inside, for anything else.
function whole(text) {
  const digits = [...text.trim()].map((character) => {
    const code = character.codePointAt(0);
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? character : code - zero;
  });
  return digits.length && digits.length < 10 && digits.every(Number.isInteger) ? Number(digits.join("")) : NaN;
}
