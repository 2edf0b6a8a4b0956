// Finds texts on a page by their words: `find(texts)` gives, by element, those that it shows.
//
// A text has the code of its block (empty: it is the title of the page) and `pieces`, the words that are shown of it,
// with a picture, a field or a formula between any two. White space counts nowhere. Where a block shows the same words
// twice, the first text is the first of them. A sentence of captions is found in all the rows that hold a part of it, a
// label that stands nowhere alone, such as the name of a side, in something that says it.

const BLOCKS = "address,article,aside,blockquote,dd,details,dialog,div,dl,dt,fieldset,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hr,legend,li,main,nav,ol,p,pre,section,table,tbody,td,tfoot,th,thead,tr,ul,video";
const PASSED_OVER = "svg, script, style, math *, .earlier, .earlier *, .language-label";
const SPOKEN = ["alt", "title", "placeholder", "aria-label", "label"];

export function find(texts) {
  const found = new Map();
  for (const block of new Set(texts.map((text) => text.block))) {
    const those = texts.filter((text) => text.block === block);
    const root = block ? document.getElementById(block) : document.querySelector(".unit h1");
    if (!root) continue;
    findIn(root, those.filter((text) => text.kind !== "caption"), found);
    findCaptions(root, those.filter((text) => text.kind === "caption"), found);
  }
  return found;
}

function findIn(root, texts, found) {
  if (!texts.length) return;
  const shown = wordsOf(root);
  const taken = new Map();
  for (const text of texts) {
    const pieces = text.pieces.map(squeezed);
    if (!pieces.join("")) continue;
    const key = pieces.join("\0");
    const elements = showing(shown, pieces, text.kind);
    const innermost = elements.filter((one) => !elements.some((other) => one !== other && one.contains(other)));
    const number = taken.get(key) ?? 0;
    const element = innermost[Math.min(number, innermost.length - 1)];
    taken.set(key, number + 1);
    if (element) add(found, element, text);
  }
}

/** By words without white space: the elements that show just these, alone or beside blocks that stand in them. */
function wordsOf(root) {
  const shown = new Map();
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (element.matches(PASSED_OVER)) continue;
    if (element.matches("option")) {
      put(shown, squeezed(element.textContent), element.closest("select"));
      continue;
    }
    for (const words of new Set([squeezed(element.textContent), ownWords(element)])) put(shown, words, element);
    for (const name of SPOKEN) {
      if (element.hasAttribute(name)) put(shown, squeezed(element.getAttribute(name)), element);
    }
  }
  return shown;
}

/** The words of an element without those of blocks and notes in it. */
function ownWords(element) {
  const inline = [...element.childNodes].filter(
    (node) => node.nodeType !== Node.ELEMENT_NODE || !node.matches(`${BLOCKS},.language-label,.unseen`),
  );
  return squeezed(inline.map((node) => node.textContent).join(""));
}

function showing(shown, pieces, kind) {
  if (pieces.length > 1) return matching(shown, pieces);
  const alone = shown.get(pieces[0]);
  if (alone || kind !== "label") return alone ?? [];
  return [...shown].flatMap(([words, elements]) => (words.includes(pieces[0]) ? elements : []));
}

function matching(shown, pieces) {
  const pattern = new RegExp(`^${pieces.map(escaped).join(".*?")}$`, "su");
  return [...shown].flatMap(([words, elements]) => (pattern.test(words) ? elements : []));
}

function findCaptions(root, texts, found) {
  const rows = [...root.querySelectorAll("[data-cues] .cue-first")];
  if (!rows.length || !texts.length) return;
  const starts = [];
  let whole = "";
  for (const row of rows) {
    starts.push(whole.length);
    whole += squeezed([...row.childNodes].map((node) => (node.matches?.(".speaker") ? "" : node.textContent)).join(""));
  }
  let from = 0;
  for (const text of texts) {
    const words = squeezed(text.pieces.join(""));
    const at = words ? whole.indexOf(words, from) : -1;
    if (at < 0) continue;
    from = at + words.length;
    const last = starts.findLastIndex((start) => start < from);
    for (let row = starts.findLastIndex((start) => start <= at); row <= last; row += 1) add(found, rows[row], text);
  }
}

function put(shown, words, element) {
  if (!words || !element) return;
  if (!shown.has(words)) shown.set(words, []);
  if (!shown.get(words).includes(element)) shown.get(words).push(element);
}

function add(found, element, text) {
  if (!found.has(element)) found.set(element, []);
  if (!found.get(element).includes(text)) found.get(element).push(text);
}

function squeezed(words) {
  return words.normalize("NFC").replace(/[\s\u200b\u2066-\u2069]+/gu, "");
}

function escaped(words) {
  return words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
