// The transcript follows its video, plays it from a cue, and is shown as its reader likes: with a second language beside
// the first, by sentences instead of cues, and in a size of text. What they chose is kept.
//
//   <section data-player><video></video>
//     <form data-transcript-view data-fragment="/en/…/transcript/CODE/">
//       <select name="second">…</select> <select name="by">…</select> <button data-without-script>Show</button>
//       <label data-with-script hidden>Text size <select data-size>…</select></label>
//     </form>
//     <div data-transcript>
//       <button data-follow aria-pressed="true" hidden>Follow</button>
//       <ol tabindex="0" data-cues><li data-start="1500"><time>0:01</time><p>…</p></li></ol>
//     </div>
//   </section>
//
// Cues become one tab stop with arrow keys inside. Following stops when the reader scrolls, touches or moves the focus
// into the cues, and starts again only by its button. When other cues are put in place, the transcript says so with a
// "cues-changed" event. Without this script the form loads the page again with ?second=fr&by=sentence.

import { keep, kept } from "./keep.js";

for (const transcript of document.querySelectorAll("[data-transcript]")) {
  const player = transcript.closest("[data-player]");
  followVideo(transcript, player.querySelector("video"));
  showAsLiked(transcript, player.querySelector("[data-transcript-view]"));
}

function followVideo(transcript, video) {
  const follow = transcript.querySelector("[data-follow]");
  let list, rows, starts;
  let current = -1;
  let pressedAt = 0;

  follow.hidden = !video;
  setFollow(kept("follow", "on") === "on");
  prepare();

  transcript.addEventListener("cues-changed", prepare);
  follow.addEventListener("click", () => {
    setFollow(follow.getAttribute("aria-pressed") !== "true");
    keep("follow", isFollowing() ? "on" : "off");
    reveal();
  });
  video?.addEventListener("timeupdate", mark);
  video?.addEventListener("seeking", mark);

  /** Makes the cues of the list that is now in place answer to keys and clicks. */
  function prepare() {
    list = transcript.querySelector("[data-cues]");
    rows = [...list.children];
    starts = rows.map((row) => Number(row.dataset.start) / 1000);
    current = -1;
    if (!video) return;
    for (const row of rows) {
      row.dataset.plays = "";
      const cue = row.querySelector("p");
      cue.setAttribute("role", "button");
      cue.tabIndex = -1;
    }
    if (rows.length) rows[0].querySelector("p").tabIndex = 0;
    list.removeAttribute("tabindex");
    list.addEventListener("click", (event) => isSelecting() || playFrom(event.target.closest("li")));
    list.addEventListener("keydown", press);
    list.addEventListener("pointerdown", () => (pressedAt = Date.now()));
    list.addEventListener("focusin", () => Date.now() - pressedAt > 500 && setFollow(false));
    list.addEventListener("wheel", () => setFollow(false), { passive: true });
    list.addEventListener("touchmove", () => setFollow(false), { passive: true });
    list.addEventListener("pointerdown", (event) => event.target === list && setFollow(false));
    mark();
  }

  function press(event) {
    const row = event.target.closest("li");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const place = rows.indexOf(row);
    const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next !== undefined) focusRow(rows[next]);
    else if (event.key === "Enter") playFrom(row);
    else if (event.key === "Escape") video.focus();
    else return;
    event.preventDefault();
  }

  function focusRow(row) {
    if (!row) return;
    setTabStop(row);
    row.querySelector("p").focus();
  }

  function setTabStop(row) {
    for (const cue of list.querySelectorAll("p[tabindex='0']")) cue.tabIndex = -1;
    row.querySelector("p").tabIndex = 0;
  }

  /** Somebody drew over words to copy them: that click is no wish to play. */
  function isSelecting() {
    return getSelection().type === "Range" && list.contains(getSelection().anchorNode);
  }

  function playFrom(row) {
    if (!row) return;
    video.currentTime = Number(row.dataset.start) / 1000;
    video.play().catch(() => {}); // a pause may come before it begins
    setTabStop(row);
  }

  /** Marks the last cue that has begun. */
  function mark() {
    const place = starts.findLastIndex((start) => start <= video.currentTime + 0.05);
    if (place === current) return;
    rows[current]?.querySelector("p").removeAttribute("aria-current");
    current = place;
    if (place < 0) return;
    rows[place].querySelector("p").setAttribute("aria-current", "true");
    if (!list.contains(document.activeElement)) setTabStop(rows[place]);
    reveal();
  }

  /** Brings the current cue to the middle of the list; the page itself never moves. */
  function reveal() {
    if (!isFollowing() || current < 0) return;
    const row = rows[current];
    const middle = row.offsetTop - list.offsetTop - (list.clientHeight - row.offsetHeight) / 2;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list.scrollTo({ top: middle, behavior: calm ? "auto" : "smooth" });
  }

  function isFollowing() {
    return follow.getAttribute("aria-pressed") === "true";
  }

  function setFollow(on) {
    follow.setAttribute("aria-pressed", String(on));
  }
}

function showAsLiked(transcript, form) {
  const second = form.querySelector("[name=second]");
  const by = form.querySelector("[name=by]");
  const size = form.querySelector("[data-size]");
  for (const tool of form.querySelectorAll("[data-with-script]")) tool.hidden = false;
  for (const tool of form.querySelectorAll("[data-without-script]")) tool.hidden = true;

  size.value = kept("text-size", "normal");
  resize();
  size.addEventListener("change", () => {
    keep("text-size", size.value);
    resize();
  });

  const isOther = [restore(second, "second-language"), restore(by, "transcript-by")].includes(true);
  if (isOther) load();

  /** Keeps what is chosen from now on, and chooses what was; whether that is other than the page has it. */
  function restore(select, name) {
    if (!select) return false;
    select.addEventListener("change", () => {
      keep(name, select.value);
      load();
    });
    const wanted = kept(name);
    const isOffered = [...select.options].some((option) => option.value === wanted);
    if (!wanted || !isOffered || select.value) return false;
    select.value = wanted;
    return true;
  }

  function resize() {
    transcript.querySelector("[data-cues]").dataset.size = size.value;
  }

  async function load() {
    const address = new URL(form.dataset.fragment, location.href);
    const chosen = new URLSearchParams(new FormData(form)).toString();
    address.search = chosen;
    const cues = await fragment(address);
    if (new URLSearchParams(new FormData(form)).toString() !== chosen) return; // chosen again meanwhile
    if (cues === null) return form.submit();
    transcript.querySelector("[data-cues]").replaceWith(cues);
    transcript.closest(".lesson-parts").classList.toggle("lesson-parts-two", Boolean(second?.value));
    resize();
    transcript.dispatchEvent(new Event("cues-changed"));
  }
}

/** A part of a page from the site, or null where it cannot be had. */
async function fragment(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    return holder.content;
  } catch {
    return null;
  }
}
