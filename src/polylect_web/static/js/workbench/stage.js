// The video beside a sentence of its captions: plays the sentence, over and over or once, shows what is being written
// as its captions, and waits while somebody types.
//
//   <div id="stage">
//     <video data-track-language="fr" data-track-name="français, as it is written here">…</video>
//     <button data-film="play">…</button> <button data-film="back">…</button>
//     <input type="checkbox" data-film-choice="again"> <select data-film-choice="speed">…</select>
//   </div>
//   <section id="hand" data-start-ms="1200" data-end-ms="4800">
//     <div id="cues"><li data-cue="WebVTT" data-cue-start-ms="1200" data-cue-end-ms="3000" data-cue-settings="line:0">…</li></div>
//   </section>

import { keep, kept } from "../keep.js";
import { field, hand } from "./parts.js";

const BEFORE_S = 0.15; // so that the first sound is heard
const INSIDE_S = 0.05; // so that a caption that begins there is seen
const AFTER_TYPING_MS = 1500;
const KEPT = "workbench-";

export const video = () => document.querySelector("#stage video");

const span = () => {
  const { startMs, endMs } = hand().dataset;
  return startMs === undefined ? null : [Math.max(0, startMs / 1000 - BEFORE_S), endMs / 1000];
};

const choice = (name) => document.querySelector(`#stage [data-film-choice=${name}]`);

export function playOrPause() {
  const film = video();
  if (!film) return;
  stopWaiting();
  if (!film.paused) return film.pause();
  const part = span();
  const isAtRest = Math.abs(film.currentTime - rested) < 0.01;
  if (part && (isAtRest || film.currentTime < part[0] || film.currentTime >= part[1] - 0.05)) film.currentTime = part[0];
  play(film);
}

export function back() {
  const film = video(), part = span();
  if (!film || !part) return;
  film.currentTime = part[0];
  if (film.paused) rest(document.querySelector("#cues [data-cue]"));
}

// A video that stands still shows the caption that is being written: it goes to where that begins, unless it is in it.
let rested; // where that was

function rest(row = inHand()) {
  const film = video();
  if (!film?.paused || film.readyState < 1 || !row) return;
  const [start, end] = [row.dataset.cueStartMs / 1000, row.dataset.cueEndMs / 1000];
  if (film.currentTime >= start && film.currentTime < end) return;
  film.currentTime = start + Math.min(INSIDE_S, (end - start) / 2);
  rested = film.currentTime;
}

// The row of the caption that the cursor is in.
function inHand() {
  const rows = document.querySelectorAll("#cues [data-cue]"), text = field();
  const at = document.activeElement === text ? [...text.value.slice(0, text.selectionStart)].length : 0;
  const cuts = document.querySelector("#cues [name=seen_cuts]")?.value.split(" ").map(Number) ?? [];
  return rows[cuts.filter((cut) => cut < at).length] ?? rows[0];
}

function play(film) {
  film.play().catch(() => {}); // the browser says in its own place why it does not
}

// Follows the video frame by frame, for it tells its time only four times a second by itself.
let before = 0;

function follow() {
  const film = video();
  if (!film || film.paused) return;
  const part = span(), now = film.currentTime;
  if (part && before < part[1] && now >= part[1] && now - before < 1) {
    if (choice("again")?.checked) film.currentTime = part[0];
    else film.pause();
  }
  before = film.currentTime;
  requestAnimationFrame(follow);
}

// While somebody types, the video waits; it says the sentence again when they stop for a while.
let isWaiting = false;
let timer;

function stopWaiting() {
  isWaiting = false;
  clearTimeout(timer);
}

document.addEventListener("input", ({ target }) => {
  const film = video();
  if (!film || !target.matches("[data-text]") || !choice("waits")?.checked) return;
  if (!film.paused) {
    isWaiting = true;
    film.pause();
  }
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!isWaiting) return;
    isWaiting = false;
    film.currentTime = span()?.[0] ?? film.currentTime;
    play(film);
  }, AFTER_TYPING_MS);
});

document.addEventListener("click", ({ target }) => {
  const act = target.closest("[data-film]")?.dataset.film;
  if (act === "play") playOrPause();
  if (act === "back") back();
});

document.addEventListener("change", ({ target }) => {
  const name = target.dataset.filmChoice;
  if (!name) return;
  keep(KEPT + name, target.type === "checkbox" ? (target.checked ? "on" : "off") : target.value);
  if (name === "speed") video().playbackRate = Number(target.value);
  if (name === "waits" && !target.checked) stopWaiting();
});

// A video that was not here before: what was chosen, how its button reads, and a track of its own for what is written.
function begin() {
  const film = video();
  if (!film || film.dataset.watched) return;
  film.dataset.watched = "";
  for (const name of ["again", "waits"]) choice(name).checked = kept(KEPT + name, "on") === "on";
  const speed = choice("speed");
  speed.value = kept(KEPT + "speed", "1");
  if (!speed.value) speed.value = "1";
  film.defaultPlaybackRate = film.playbackRate = Number(speed.value);
  film.addEventListener("play", () => {
    before = film.currentTime;
    requestAnimationFrame(follow);
    read(film);
  });
  film.addEventListener("pause", () => read(film));
  film.addTextTrack("subtitles", film.dataset.trackName, film.dataset.trackLanguage).mode = "showing";
  if (film.readyState >= 1) back();
  else film.addEventListener("loadedmetadata", back, { once: true });
}

function read(film) {
  const button = document.querySelector("#stage [data-film=play]");
  button.querySelector("[data-film-play]").hidden = !film.paused;
  button.querySelector("[data-film-pause]").hidden = film.paused;
}

// What is written is shown over the picture as learners will see it.
function write() {
  const track = video()?.textTracks[0];
  if (!track) return;
  while (track.cues?.length) track.removeCue(track.cues[0]);
  for (const { dataset } of document.querySelectorAll("#cues [data-cue]")) {
    if (!dataset.cue) continue;
    const cue = new VTTCue(dataset.cueStartMs / 1000, dataset.cueEndMs / 1000, dataset.cue);
    place(cue, dataset.cueSettings);
    track.addCue(cue);
  }
}

// Where the source has the cue in the picture (WebVTT, section 6.3), as far as scripts can say it.
function place(cue, settings = "") {
  for (const setting of settings.split(/\s+/)) {
    const [name, value] = setting.split(":");
    const [, number, percent] = value?.match(/^(-?\d+(?:\.\d+)?)(%?)(?:,.*)?$/) ?? [];
    if (name === "line" && number) [cue.snapToLines, cue.line] = [!percent, Number(number)];
    else if (["position", "size"].includes(name) && percent) cue[name] = Math.min(100, Math.max(0, Number(number)));
    else if (["vertical", "align"].includes(name) && value) cue[name] = value; // others than it knows are ignored
  }
}

// The block as learners see it: what is being written is brought into view, within its frame.
function showHere() {
  const frame = document.getElementById("shown"), here = frame?.querySelector(".here");
  if (here) frame.scrollTop += here.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
}

document.addEventListener("hand", () => {
  stopWaiting();
  begin();
  back();
  write();
  showHere();
});

document.addEventListener("checked", () => {
  write();
  rest();
  showHere();
});

begin();
write();
showHere();
