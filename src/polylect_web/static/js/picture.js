// Points into a picture: a click fills the two numbers beside it, and what stands in them moves the pin.
//
//   <fieldset data-picture>
//     <svg viewBox="0 0 600 400" data-picture-plane>…</svg>
//     <svg><svg class="pin pin-none" x="50%" y="50%" data-picture-pin>…</svg></svg>
//     <input data-picture-across> <input data-picture-down>
//   </fieldset>
//
// Without this script the numbers are written by hand, and the server draws the pin.

const ZEROS = [0x30, 0x660, 0x6f0, 0x966]; // the digits that people type: European, Arabic, Persian and Urdu, Devanagari

document.documentElement.dataset.pointing = "";

document.addEventListener("click", (event) => {
  const plane = event.target.closest("[data-picture-plane]");
  if (!plane) return;
  const box = plane.getBoundingClientRect();
  const { width, height } = plane.viewBox.baseVal;
  const { across, down } = fieldsOf(plane);
  across.value = pixel((event.clientX - box.left) / box.width, width);
  down.value = pixel((event.clientY - box.top) / box.height, height);
  across.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-picture-across], [data-picture-down]")) return;
  const { picture, across, down } = fieldsOf(event.target);
  const plane = picture.querySelector("[data-picture-plane]");
  const pin = picture.querySelector("[data-picture-pin]");
  if (!plane || !pin) return;
  const { width, height } = plane.viewBox.baseVal;
  const place = [whole(across.value), whole(down.value)];
  const isInside = place[0] <= width && place[1] <= height;
  pin.classList.remove("pin-right", "pin-not-yet");
  pin.classList.toggle("pin-none", !isInside);
  if (!isInside) return;
  pin.setAttribute("x", `${(100 * place[0]) / width}%`);
  pin.setAttribute("y", `${(100 * place[1]) / height}%`);
});

function fieldsOf(element) {
  const picture = element.closest("[data-picture]");
  return {
    picture,
    across: picture.querySelector("[data-picture-across]"),
    down: picture.querySelector("[data-picture-down]"),
  };
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
