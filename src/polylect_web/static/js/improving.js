// The mode in which every text of a page can be improved: a bar below, a mark at each text, and a form for one of them.
//
//   <section data-improve-bar data-place="{place} of {total}">
//     <output><bdi data-now></bdi> <span data-place-now></span></output>
//     <button data-open>…</button> <button data-step="-1">…</button> <button data-step="1">…</button>
//     <button data-done>…</button>
//   </section>
//   <dialog data-improve-dialog><form>…<div data-said></div><div data-fields>…</div></form></dialog>
//   <script type="application/json" id="improvable-texts">{"texts": […]}</script>
//
// That comes from the site, as one part, when the mode begins. The texts are found on the page by their words, so that
// pages carry nothing for it. The page itself stays as it is: nothing in it becomes a button, the bar's buttons go from
// text to text (arrow keys, Home, End), and Escape ends it.

import { find } from "./improvable.js";

export async function improve(link) {
  if (document.querySelector("[data-improve-bar]")) return document.querySelector("[data-open]").focus();
  const parts = await fetched(link.dataset.improve);
  const given = JSON.parse(parts.getElementById("improvable-texts").textContent);
  if (!find(given.texts).size) throw new Error("none of the texts is on the page");
  await styled(parts.querySelector("link"));
  const bar = document.importNode(parts.querySelector("[data-improve-bar]"), true);
  const dialog = document.importNode(parts.querySelector("[data-improve-dialog]"), true);
  document.body.append(bar, dialog);
  begin(link, bar, dialog, given);
}

function begin(link, bar, dialog, given) {
  const form = dialog.querySelector("form");
  const said = dialog.querySelector("[data-said]");
  const choice = dialog.querySelector("[data-texts]");
  const address = form.getAttribute("action");
  const ending = new AbortController();
  const { signal } = ending;
  let found, places, current, text;

  look();
  const watcher = new MutationObserver(later(look));
  watcher.observe(document.querySelector("main"), { childList: true, subtree: true });
  document.addEventListener("click", point, { capture: true, signal });
  document.addEventListener("mousedown", hold, { capture: true, signal });
  bar.addEventListener("keydown", press);
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.step) step(Number(button.dataset.step));
    else if (button && "open" in button.dataset) open(current);
    else if (button && "done" in button.dataset) end();
  });
  choice.addEventListener("change", () => fill(found.get(current)[choice.selectedIndex]));
  form.addEventListener("submit", send);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => bar.querySelector("[data-open]").focus());
  bar.querySelector("[data-open]").focus();

  /** Finds the texts anew: an exercise that was answered shows others. */
  function look() {
    for (const element of found?.keys() ?? []) delete element.dataset.improvable;
    found = find(given.texts);
    places = [...found.keys()].filter((element) => element.getClientRects().length);
    places.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    for (const element of places) element.dataset.improvable = "";
    show(places.includes(current) ? current : places[0]);
  }

  function show(element) {
    if (current) current.dataset.improvable &&= "";
    current = element;
    bar.querySelector("[data-open]").disabled = !element;
    if (!element) return;
    element.dataset.improvable = "now";
    const [{ shown, language }] = found.get(element);
    speak(bar.querySelector("[data-now]"), shown, language);
    const { place } = bar.dataset;
    bar.querySelector("[data-place-now]").textContent = place
      .replace("{place}", places.indexOf(element) + 1)
      .replace("{total}", places.length);
  }

  function step(by) {
    go(places[Math.max(0, Math.min(places.indexOf(current) + by, places.length - 1))]);
  }

  function go(element) {
    if (!element) return;
    show(element);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  function press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const ahead = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const action = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      ArrowLeft: () => step(ahead === "ArrowLeft" ? 1 : -1),
      ArrowRight: () => step(ahead === "ArrowRight" ? 1 : -1),
      Home: () => go(places[0]),
      End: () => go(places.at(-1)),
      Escape: end,
    }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** What is pressed on is improved, and does nothing else meanwhile. */
  function point(event) {
    const element = event.target.closest?.("[data-improvable]");
    if (!element || dialog.open) return;
    event.preventDefault();
    event.stopPropagation();
    if (getSelection().type === "Range") return; // words were drawn over, to copy them
    show(element);
    open(element);
  }

  /** A list of choices would open before it is clicked on. */
  function hold(event) {
    if (event.target.closest?.("select[data-improvable]")) event.preventDefault();
  }

  function open(element) {
    if (!element) return;
    const texts = found.get(element);
    choice.replaceChildren(...texts.map(({ shown }) => new Option(shown)));
    dialog.querySelector("[data-which]").hidden = texts.length < 2;
    fill(texts[0]);
    dialog.showModal();
    form.elements.text.focus();
  }

  function fill(one) {
    text = one;
    say([]);
    dialog.querySelector("[data-fields]").hidden = false;
    speak(dialog.querySelector("[data-source]"), one.source, given.source);
    dialog.querySelector("[data-marks]").hidden = !/<\/?[a-z]*\d+\/?>/.test(one.source);
    speak(form.elements.text, "", one.target);
    form.elements.text.value = one.shown;
    form.elements.remark.value = "";
    form.elements.source.value = one.source;
    dialog.querySelector("[data-workbench]").href = `${given.benches[one.target]}${one.id}/`;
  }

  async function send(event) {
    event.preventDefault();
    if (form.ariaBusy === "true") return; // pressed twice
    form.ariaBusy = "true";
    say([]);
    try {
      const answer = await fetch(`${address}${text.id}/`, { method: "POST", body: new FormData(form) });
      const { sentences } = await answer.json();
      say(sentences, !answer.ok);
      if (answer.ok) keepInMind();
    } catch {
      say([said.dataset.failed], true);
    } finally {
      form.ariaBusy = null;
    }
  }

  function keepInMind() {
    dialog.querySelector("[data-fields]").hidden = true;
    current.dataset.improved = "";
    dialog.querySelector("[data-close]").focus();
  }

  function say(sentences, isRefused = false) {
    said.toggleAttribute("data-refused", isRefused);
    said.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
    if (isRefused) said.focus();
  }

  function end() {
    ending.abort();
    watcher.disconnect();
    for (const element of document.querySelectorAll("[data-improvable]")) delete element.dataset.improvable;
    bar.remove();
    dialog.remove();
    link.focus();
  }
}

/** A text in its language. */
function speak(element, words, language) {
  element.textContent = words;
  element.lang = language;
  element.dir = "auto";
}

/** The part of a page at this address. */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content;
}

/** Loads a stylesheet once. */
function styled({ href }) {
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return undefined;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject }));
}

/** The same action, once, when there was no call for a moment. */
function later(action) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(action, 200);
  };
}
