// Keys for a video, speed and caption language that are kept, and the list of keys.
//
//   <section data-player>
//     <video controls><track srclang="fr" kind="captions" src="…"></video>
//     <select data-speed hidden>…</select>
//     <button data-keys-open hidden>Keys</button>
//     <dialog data-keys><input type="checkbox" data-keys-on></dialog>
//   </section>
//
// Keys act only while the focus is inside the section, and never while somebody types there (WCAG 2.1.4).

import { keep, kept } from "./keep.js";

const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const OFF = "off";

for (const player of document.querySelectorAll("[data-player]")) {
  const video = player.querySelector("video");
  if (video) attach(player, video);
}

function attach(player, video) {
  const dialog = player.querySelector("[data-keys]");
  const speed = player.querySelector("[data-speed]");
  const keysOn = player.querySelector("[data-keys-on]");
  for (const tool of player.querySelectorAll("[data-keys-open], [data-speed-tool]")) tool.hidden = false;

  setSpeed(Number(kept("speed", "1")));
  showSpeed();
  restoreCaptions();
  keysOn.checked = kept("keys", "on") !== OFF;

  video.addEventListener("ratechange", showSpeed);
  video.textTracks.addEventListener("change", keepCaptions);
  speed.addEventListener("change", () => setSpeed(Number(speed.value)));
  keysOn.addEventListener("change", () => keep("keys", keysOn.checked ? "on" : OFF));
  player.querySelector("[data-keys-open]").addEventListener("click", () => dialog.showModal());
  player.addEventListener("keydown", press, { capture: true });

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || !keysOn.checked) return;
    const inside = event.target;
    if (inside.matches("select, textarea, input:not([type=checkbox])")) return;
    if (event.key === " " && inside.matches("button, a, summary, input")) return;
    if (inside.closest("[data-cues]") && ["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  /** What a key does, or nothing. */
  function actionOf(event) {
    const key = latinKey(event);
    if (/^[0-9]$/.test(key)) return () => seek((video.duration * Number(key)) / 10);
    if (key === "c") return event.shiftKey ? nextCaptions : toggleCaptions;
    return {
      " ": toggle,
      k: toggle,
      j: () => seek(video.currentTime - 10),
      l: () => seek(video.currentTime + 10),
      arrowleft: () => seek(video.currentTime - 5),
      arrowright: () => seek(video.currentTime + 5),
      arrowup: () => setVolume(video.volume + 0.1),
      arrowdown: () => setVolume(video.volume - 0.1),
      m: () => (video.muted = !video.muted),
      t: () => player.querySelector("[data-cues] [tabindex='0']")?.focus(),
      "/": () => player.querySelector("[data-transcript-search] input")?.focus(),
      f: toggleFullScreen,
      "<": () => setSpeed(SPEEDS.findLast((step) => step < video.playbackRate) ?? SPEEDS[0]),
      ">": () => setSpeed(SPEEDS.find((step) => step > video.playbackRate) ?? SPEEDS.at(-1)),
      home: () => seek(0),
      end: () => seek(video.duration),
      "?": () => dialog.showModal(),
    }[key];
  }

  function toggle() {
    if (video.paused) video.play().catch(() => {}); // a pause may come before it begins
    else video.pause();
  }

  function seek(seconds) {
    if (Number.isFinite(seconds)) video.currentTime = Math.max(0, Math.min(seconds, video.duration || 0));
  }

  function setVolume(volume) {
    video.volume = Math.max(0, Math.min(volume, 1));
    video.muted = false;
  }

  function setSpeed(rate) {
    if (SPEEDS.includes(rate)) video.playbackRate = video.defaultPlaybackRate = rate;
  }

  /** Also keeps what was chosen in the browser's own menu. A speed that is none of ours holds for this page. */
  function showSpeed() {
    const name = String(video.playbackRate);
    speed.value = name;
    if (SPEEDS.includes(video.playbackRate)) keep("speed", name);
  }

  function toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else video.requestFullscreen?.().catch(() => {}); // where it is forbidden, nothing changes
  }

  function shownTrack() {
    return [...video.textTracks].find((track) => track.mode === "showing");
  }

  function show(language) {
    for (const track of video.textTracks) track.mode = track.language === language ? "showing" : "disabled";
  }

  function toggleCaptions() {
    const shown = shownTrack();
    show(shown ? null : (player.dataset.lastCaptions ?? ownTrack()?.srclang));
    if (shown) player.dataset.lastCaptions = shown.language;
  }

  function nextCaptions() {
    const tracks = [...video.textTracks];
    const place = tracks.indexOf(shownTrack());
    if (tracks.length) show(tracks[(place + 1) % tracks.length].language);
  }

  /** The track in the language that the page is read in. */
  function ownTrack() {
    return player.querySelector("track[default]") ?? player.querySelector("track");
  }

  /** Captions in the page's own language are no choice: they go on following the page. */
  function keepCaptions() {
    const shown = shownTrack()?.language ?? OFF;
    keep("captions", shown === ownTrack()?.srclang ? "" : shown);
  }

  function restoreCaptions() {
    const language = kept("captions");
    const known = [...video.textTracks].some((track) => track.language === language);
    if (language === OFF || known) show(language === OFF ? null : language);
  }
}

/** The key in small letters, as a Latin keyboard has it in that place where this one types no Latin sign. */
function latinKey({ key, code, shiftKey }) {
  if (/^[ -~]+$/.test(key)) return key.toLowerCase();
  const sign = { Slash: "/?", Comma: ",<", Period: ".>" }[code]?.[Number(shiftKey)];
  return sign ?? code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
}
