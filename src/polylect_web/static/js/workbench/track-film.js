// The video of the captions that are edited: plays the cue in hand, marks the one that is heard, shows its text on the
// picture, and takes the moments at which somebody taps along.
//
//   <video data-film></video> <button data-play-cue>…</button> <select data-film-speed>…</select>
//   <button data-tap aria-pressed="false">Tap along</button> <button data-tap-now hidden>…</button> <p data-tap-help hidden>…</p>

import { count, go, inHand, send, take, times, words } from "./track.js";

const film = document.querySelector("[data-film]");
const button = document.querySelector("[data-tap]");
const now = document.querySelector("[data-tap-now]");
const help = document.querySelector("[data-tap-help]");
let until = null;

export const position = () => (film ? Math.round(film.currentTime * 1000) : null);

export function playCue() {
  if (!film) return;
  if (!film.paused) return film.pause();
  const at = times();
  if (!at) return;
  film.currentTime = at.startMs / 1000;
  until = at.endMs / 1000;
  film.play();
}

export function playOn() {
  if (!film) return;
  if (!film.paused) return film.pause();
  until = null;
  const at = times();
  if (at) film.currentTime = at.startMs / 1000;
  film.play();
}

document.querySelector("[data-play-cue]")?.addEventListener("click", playCue);

document.querySelector("[data-film-speed]")?.addEventListener("change", ({ target }) => {
  film.playbackRate = Number(target.value);
});

// Follows the video frame by frame, for it tells its time only four times a second by itself.
function follow() {
  if (until !== null && film.currentTime >= until) {
    film.pause();
    until = null;
  }
  mark();
  if (!film.paused) requestAnimationFrame(follow);
}

film?.addEventListener("play", follow);
film?.addEventListener("timeupdate", () => film.paused && mark());

film?.addEventListener("seeking", () => {
  if (film.paused) until = null;
});

// The cue that is heard is marked in the list, and its text is shown on the picture.
const shown = film?.addTextTrack("captions", "", film.closest("form").querySelector("textarea")?.lang ?? "");
if (shown) shown.mode = "showing";

function mark() {
  const time = position();
  const heard = [...document.querySelectorAll(".track-wrong")].find(
    ({ dataset }) => Number(dataset.startMs) <= time && time < Number(dataset.endMs),
  );
  const row = heard?.closest("[data-cue]");
  const before = document.querySelector(".track-heard");
  if (row !== before) {
    before?.classList.remove("track-heard");
    row?.classList.add("track-heard");
  }
  const text = row?.querySelector("textarea").value ?? "";
  const old = shown.cues?.[0];
  if ((old?.text ?? "") === text) return;
  if (old) shown.removeCue(old);
  if (text) shown.addCue(new VTTCue(0, film.duration || 1e6, escaped(text)));
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

document.addEventListener("track", () => film && mark());
document.addEventListener("input", () => film && mark());

// Tapping along. Each tap is a moment, taken as it is pressed; what was taken is sent when nothing else is being sent,
// and once more at the end.
let next = null; // the cue whose beginning comes next; null: nobody taps
let taken = [];
let sending = null;

export const isTapping = () => next !== null;

export function startOrStop() {
  if (isTapping()) stop();
  else start();
}

function start() {
  if (!film || !count()) return;
  next = inHand();
  until = null;
  show(true);
  const at = times();
  if (at) film.currentTime = Math.max(0, at.startMs / 1000 - 2);
  now.focus();
  document.getElementById(`cue-${next}`)?.scrollIntoView({ block: "nearest" });
  film.play();
}

export function stop() {
  if (!isTapping()) return;
  film.pause();
  const last = Math.max(0, next - 1);
  next = null;
  show(false);
  flush();
  sending?.then(() => go(last));
}

function show(on) {
  button.ariaPressed = String(on);
  now.hidden = help.hidden = !on;
  document.querySelector("[data-play-cue]").hidden = on;
}

export function begins() {
  if (!isTapping()) return;
  taken.push(`b${next}:${position()}`);
  take(next);
  document.getElementById(`cue-${next}`)?.scrollIntoView({ block: "nearest" });
  next += 1;
  if (next >= count()) stop();
  else flush();
}

export function ends() {
  if (!isTapping() || next === 0) return;
  taken.push(`e${next - 1}:${position()}`);
  flush();
}

function flush() {
  if (sending || !taken.length) return;
  const taps = taken.join(" ");
  taken = [];
  sending = send("tap", { taps }).finally(async () => {
    sending = null;
    if (isTapping() && next < count() && !words(next)) sending = send(`hand:${next}`).finally(() => { sending = null; flush(); });
    else flush();
    if (isTapping()) now.focus();
  });
}

button?.addEventListener("click", startOrStop);
now?.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  now.focus();
  begins();
});
