// Shows what others save in this lesson, a little after they do: their lines change in the list, and if it is the text
// in hand, a sentence says so.

import { ask, bench, put } from "./parts.js";

const EVERY_MS = 15_000;
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
      }
    } catch {
      // the line is slow, or gone for a while: the next look tells
    }
  }
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
