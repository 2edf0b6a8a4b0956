// The video beside a sentence of its captions: plays the sentence and stops at its end, over again when asked, and keeps
// quiet while somebody types.
//
//   <div id="stage"><video>…</video></div> <section id="hand" data-start-ms="1200" data-end-ms="4800">…</section>

import { hand } from "./parts.js";

const BEFORE_S = 0.15; // so that the first sound is heard

export const video = () => document.querySelector("#stage video");

const span = () => {
  const { startMs, endMs } = hand().dataset;
  return startMs === undefined ? null : [Math.max(0, startMs / 1000 - BEFORE_S), endMs / 1000];
};

export function playOrPause() {
  const film = video();
  if (!film) return;
  if (!film.paused) return film.pause();
  const part = span();
  if (part && (film.currentTime < part[0] || film.currentTime >= part[1] - 0.05)) film.currentTime = part[0];
  film.play();
}

export function back() {
  const film = video(), part = span();
  if (film && part) film.currentTime = part[0];
}

let wasPlaying = false;
let timer;

function watch() {
  const film = video();
  if (!film || film.dataset.watched) return;
  film.dataset.watched = "";
  film.addEventListener("timeupdate", () => {
    const part = span();
    if (part && !film.paused && film.currentTime >= part[1] && film.currentTime < part[1] + 0.6) {
      film.currentTime = part[0]; // the sentence again
    }
  });
}

// While somebody types, the video waits; it goes on from the beginning of the sentence when they stop for a while.
document.addEventListener("input", ({ target }) => {
  const film = video();
  if (!film || !target.matches("[data-text]")) return;
  if (!film.paused) {
    wasPlaying = true;
    film.pause();
  }
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!wasPlaying) return;
    wasPlaying = false;
    back();
    film.play();
  }, 1500);
});

document.addEventListener("hand", () => {
  watch();
  wasPlaying = false;
  const film = video();
  if (film && film.paused) back();
});

// The block as learners see it: what is being written is brought into view, within its frame.
function showHere() {
  const frame = document.getElementById("shown"), here = frame?.querySelector(".here");
  if (here) frame.scrollTop += here.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
}

document.addEventListener("hand", showHere);
document.addEventListener("checked", showHere);
showHere();
watch();
if (video()) {
  if (video().readyState >= 1) back();
  else video().addEventListener("loadedmetadata", back, { once: true });
}
