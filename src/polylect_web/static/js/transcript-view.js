// How a transcript is shown: a second language beside the first, and the size of its text. Both are kept.
//
//   <section data-player>
//     <form data-transcript-view data-fragment="/en/…/transcript/CODE/">
//       <select name="second">…</select> <button data-without-script>Show</button>
//       <label data-with-script hidden>Text size <select data-size>…</select></label>
//     </form>
//     <div data-transcript><ol data-cues>…</ol></div>
//   </section>
//
// Without this script the form loads the page again with ?second=fr.

import { keep, kept } from "./keep.js";

for (const form of document.querySelectorAll("[data-transcript-view]")) {
  attach(form, form.closest("[data-player]").querySelector("[data-transcript]"));
}

function attach(form, transcript) {
  const second = form.querySelector("[name=second]");
  const size = form.querySelector("[data-size]");
  for (const tool of form.querySelectorAll("[data-with-script]")) tool.hidden = false;
  for (const tool of form.querySelectorAll("[data-without-script]")) tool.hidden = true;

  size.value = kept("text-size", "normal");
  resize();
  size.addEventListener("change", () => {
    keep("text-size", size.value);
    resize();
  });

  if (!second) return;
  second.addEventListener("change", () => {
    keep("second-language", second.value);
    load();
  });
  const wanted = kept("second-language");
  const isOffered = [...second.options].some((option) => option.value === wanted);
  if (wanted && isOffered && !second.value) {
    second.value = wanted;
    load();
  }

  function resize() {
    transcript.querySelector("[data-cues]").dataset.size = size.value;
  }

  async function load() {
    const address = new URL(form.dataset.fragment, location.href);
    if (second.value) address.searchParams.set("second", second.value);
    const answer = await fetch(address);
    if (!answer.ok) return form.submit();
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    transcript.querySelector("[data-cues]").replaceWith(holder.content);
    transcript.closest(".lesson-parts").classList.toggle("lesson-parts-two", Boolean(second.value));
    resize();
    transcript.dispatchEvent(new Event("cues-changed"));
  }
}
