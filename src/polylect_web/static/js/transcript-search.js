// Search in a transcript: accents and letter case do not count, a phrase may run over several cues.
//
//   <form data-transcript-search data-count="{place} of {total}" data-none="Not found" hidden>
//     <input type="search"><output></output>
//     <button data-previous type="button">…</button><button data-next>…</button>
//   </form>
//
// Enter goes to the next hit, Shift+Enter to the one before. Escape clears, and once more leads back to the video. A
// search stops Follow, and never starts it.

for (const form of document.querySelectorAll("[data-transcript-search]")) attach(form, form.closest("[data-transcript]"));

function attach(form, transcript) {
  const field = form.querySelector("input");
  const count = form.querySelector("output");
  let hits = [];
  let here = -1;

  form.hidden = false;
  field.addEventListener("input", () => search());
  field.addEventListener("keydown", press);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(1);
  });
  form.querySelector("[data-previous]").addEventListener("click", () => go(-1));
  transcript.addEventListener("cues-changed", () => search());

  function press(event) {
    if (event.key === "Enter" && event.shiftKey) go(-1);
    else if (event.key === "Escape" && field.value) clear();
    else if (event.key === "Escape") transcript.closest("[data-player]").querySelector("video")?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function clear() {
    field.value = "";
    search();
  }

  function search() {
    for (const mark of transcript.querySelectorAll("[data-cues] mark")) unwrap(mark);
    const wanted = fold(field.value.trim()).text;
    hits = wanted ? columns(transcript).flatMap((nodes) => find(nodes, wanted)) : [];
    hits.sort((one, other) => one[0].compareDocumentPosition(other[0]) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1);
    here = -1;
    if (hits.length) go(1);
    else say();
  }

  function go(step) {
    if (!hits.length) return;
    for (const mark of hits[here] ?? []) delete mark.dataset.here;
    here = (here + step + hits.length) % hits.length;
    for (const mark of hits[here]) mark.dataset.here = "";
    transcript.querySelector("[data-follow]").setAttribute("aria-pressed", "false");
    scrollTo(hits[here][0]);
    say();
  }

  function scrollTo(mark) {
    const list = mark.closest("[data-cues]");
    const row = mark.closest("li");
    list.scrollTop = row.offsetTop - list.offsetTop - (list.clientHeight - row.offsetHeight) / 2;
  }

  function say() {
    const { count: words, none } = form.dataset;
    if (!field.value.trim()) count.value = "";
    else if (!hits.length) count.value = none;
    else count.value = words.replace("{place}", here + 1).replace("{total}", hits.length);
  }
}

/** The text nodes of the transcript, those of each language apart. */
function columns(transcript) {
  return [".cue-first", ".cue-second"].map((column) =>
    [...transcript.querySelectorAll(`[data-cues] ${column}`)].flatMap(textNodes),
  );
}

function textNodes(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/** Text without accents and letter case, and for each of its characters the place it came from. */
function fold(text) {
  let folded = "";
  const places = [];
  let place = 0;
  for (const character of text) {
    const plain = character.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase();
    for (let index = 0; index < plain.length; index += 1) places.push(place);
    folded += plain.replace(/\s/gu, " ");
    place += character.length;
  }
  return { text: folded, places };
}

/** Marks every place where the nodes, one after the other, hold the wanted text. Each hit is its list of marks. */
function find(nodes, wanted) {
  let whole = "";
  const places = [];
  for (const [number, node] of nodes.entries()) {
    const folded = fold(node.data);
    whole += `${folded.text} `;
    for (const place of folded.places) places.push({ number, place });
    places.push(null);
  }
  const found = [];
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + wanted.length)) {
    found.push(pieces(places.slice(at, at + wanted.length)));
  }
  // From the last to the first, so that places in a node stay true while marks are put into it.
  return found
    .reverse()
    .map((hit) => hit.reverse().map((piece) => wrap(nodes[piece.number], piece.start, piece.end)).reverse())
    .reverse();
}

/** The stretches of single nodes that these places make up. */
function pieces(places) {
  const stretches = [];
  for (const at of places) {
    if (!at) continue;
    const last = stretches.at(-1);
    if (last?.number === at.number) last.end = at.place + 1;
    else stretches.push({ number: at.number, start: at.place, end: at.place + 1 });
  }
  return stretches;
}

function wrap(node, start, end) {
  // Marks that belong to the last letter come along.
  while (end < node.data.length && /[\p{M}\u0640\uDC00-\uDFFF]/u.test(node.data[end])) end += 1;
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  const mark = document.createElement("mark");
  range.surroundContents(mark);
  return mark;
}

function unwrap(mark) {
  const parent = mark.parentNode;
  mark.replaceWith(...mark.childNodes);
  parent.normalize();
}
