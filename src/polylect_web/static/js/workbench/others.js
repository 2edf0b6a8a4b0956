// Shows what others save in this lesson, a little after they do: their lines change in the list, and if one of them is
// the text in hand, a sentence says so (<div id="met" hidden>).

import { ask, bench, hand, mark, put } from "./parts.js";

const EVERY_MS = 10_000;
let newest = Number(bench.dataset.newest);

async function look() {
  if (!document.hidden) {
    try {
      const parts = await ask(`${bench.dataset.news}?since=${newest}`);
      const news = parts?.querySelector("#news");
      if (news) {
        newest = Math.max(newest, Number(news.dataset.newest));
        news.remove();
        put(parts);
        mark();
        meet();
      }
    } catch {
      // the line is slow, or gone for a while: the next look tells
    }
  }
  setTimeout(look, EVERY_MS);
}

function meet() {
  const line = document.getElementById(`line-${hand().dataset.line}`);
  const seen = hand().querySelector("[name=seen]")?.value;
  const met = document.getElementById("met");
  if (met && line && line.dataset.target !== seen) met.hidden = false;
}

setTimeout(look, EVERY_MS);
