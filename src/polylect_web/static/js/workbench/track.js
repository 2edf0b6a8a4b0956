// Sends the form of the caption editor without loading the page again: what was typed a moment after the last key, and
// whatever a button does. The server answers with parts, and each takes the place of the one with the same id. One thing
// is sent at a time, for each says which state of the draft it saw.

const PAUSE_MS = 900;
const WHOLE_PAGE = new Set(["publish", "throw-away", "onto"]);

export const form = document.querySelector("[data-track]");
export const cues = () => document.getElementById("cues");
export const count = () => Number(cues().dataset.count);
export const inHand = () => Number(form.elements.cue.value);
export const words = (cue = inHand()) => document.getElementById(`text-${cue}`);
export const times = (cue = inHand()) => document.getElementById(`wrong-${cue}`)?.dataset;

const fields = () => [...cues().querySelectorAll("textarea, .track-time")];
const isTyped = (field) => field.value !== field.defaultValue;

let waiting = Promise.resolve();
let busy = 0;
let isReplacing = false; // the fields are about to be others: nothing is typed into them meanwhile
let isPutting = false; // fields are taken away, which browsers take for a change of what was typed in them
let isLeaving = false; // the whole form is on its way, with what was typed
let timer;

export function showScripted() {
  for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
}

// `stays`: whoever did it is where they were afterwards; else `act` and `go` say where they are.
export function send(act, extra = {}, stays = true) {
  clearTimeout(timer);
  busy += 1;
  waiting = waiting.then(() => post(act, extra, stays)).finally(() => { busy -= 1; });
  return waiting;
}

async function post(act, extra, stays) {
  const body = new FormData(form);
  const sent = new Map();
  for (const field of fields()) {
    if (isTyped(field)) sent.set(field, field.value);
    else body.delete(field.name);
  }
  body.set("act", act);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  isReplacing = !/^(keep|tap)/.test(act);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "parts" } });
    if (!answer.headers.get("X-Fragment")) {
      if (answer.redirected && answer.ok) return location.assign(answer.url); // to signing in
      throw new Error(`status ${answer.status}`);
    }
    const parts = document.createElement("template");
    parts.innerHTML = await answer.text();
    if (answer.ok) for (const [field, value] of sent) field.defaultValue = value;
    put(parts.content, stays, act);
  } catch {
    document.getElementById("refused").textContent = form.dataset.failed;
  } finally {
    isReplacing = false;
  }
}

function put(parts, stays, act) {
  const focused = document.activeElement?.id;
  isPutting = true;
  for (const part of [...parts.querySelectorAll("[id]")]) {
    if (part.parentElement?.closest("[id]")) continue; // goes with the part that it is in
    const old = document.getElementById(part.id);
    if (part.id === "said") old.textContent = part.textContent;
    else if (part.id !== "refused" || act !== "keep" || !isToCopy(old, part)) old?.replaceWith(part);
    if (part.id.startsWith("wrong-")) setTimes(part);
  }
  isPutting = false;
  showScripted();
  if (stays && focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  document.dispatchEvent(new CustomEvent("track"));
}

// What was typed on an older page stands there to be copied, until something else is done than typing.
const isToCopy = (old, part) => old.querySelector(".track-late") !== null && !part.textContent.trim();

// Times that the server moved, or that were nudged; what somebody types at this moment stays.
function setTimes(part) {
  for (const edge of ["start", "end"]) {
    const field = document.getElementById(part.id.replace("wrong", edge));
    if (!field || isTyped(field)) continue;
    field.value = field.defaultValue = part.dataset[edge];
  }
}

// Takes a cue of this page in hand: its tools go there.
export function take(cue) {
  const row = document.getElementById(`cue-${cue}`);
  if (!row || cue === inHand()) return;
  const top = row.getBoundingClientRect().top;
  document.querySelector(".track-hand")?.classList.remove("track-hand");
  document.querySelector(".track-number[aria-current]")?.removeAttribute("aria-current");
  row.classList.add("track-hand");
  row.querySelector(".track-number").ariaCurrent = "true";
  row.append(document.getElementById("tools"));
  form.elements.cue.value = cue;
  scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" }); // the tools left a place above it
  if (row.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest", behavior: "instant" });
  document.dispatchEvent(new CustomEvent("hand"));
}

// Goes to a cue, on this page or another.
export async function go(cue, at = null) {
  if (cue < 0 || cue >= count()) return;
  if (document.getElementById(`cue-${cue}`)) take(cue);
  else await send(`hand:${cue}`, {}, false);
  const text = words();
  text?.focus();
  if (at !== null) text?.setSelectionRange(at, at);
}

// Does what a button does to the cue in hand, and goes to the text of the one that is in hand then.
export async function act(name, extra = {}, at = null) {
  await send(name, extra, false);
  const text = words();
  text?.focus();
  if (at !== null) text?.setSelectionRange(at, at);
}

const STAYS = /^(start|end|keep|undo|redo|find|shift)/;

form.addEventListener("submit", (event) => {
  const name = event.submitter?.value ?? "keep";
  if (WHOLE_PAGE.has(name)) {
    isLeaving = !busy;
    if (!busy) return;
    event.preventDefault();
    waiting.then(() => form.requestSubmit(document.getElementById(event.submitter.id) ?? event.submitter));
    return;
  }
  event.preventDefault();
  const number = /^hand:(\d+)$/.exec(name);
  if (number) go(Number(number[1]));
  else if (name.endsWith("-here")) send(name, { time: playing() });
  else if (name === "split") act(name, cursor());
  else if (STAYS.test(name)) send(name);
  else act(name);
});

const playing = () => Math.round((document.querySelector("[data-film]")?.currentTime ?? 0) * 1000);

// Where the cursor was in the cue in hand, in characters; nothing where it was at one of its ends.
export function cursor() {
  const text = words();
  const at = text ? [...text.value.slice(0, text.selectionStart)].length : 0;
  return text && text.value.slice(0, text.selectionStart).trim() && text.value.slice(text.selectionStart).trim() ? { at } : {};
}

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest?.("[data-cue]");
  if (row && !target.matches(".track-number")) take(Number(row.dataset.cue));
});

document.addEventListener("beforeinput", (event) => {
  if (isReplacing && event.target.closest?.("#cues")) event.preventDefault();
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches("#cues textarea, .track-time")) return;
  clearTimeout(timer);
  if (target.matches("textarea")) timer = setTimeout(keep, PAUSE_MS);
});

document.addEventListener("change", ({ target }) => {
  if (!isPutting && target.matches("#cues textarea, .track-time")) keep();
});

export function keep() {
  if (fields().some(isTyped)) send("keep");
}

addEventListener("beforeunload", (event) => {
  if (!isLeaving && (busy || fields().some(isTyped))) event.preventDefault();
});
