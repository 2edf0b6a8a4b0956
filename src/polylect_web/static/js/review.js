// A list of texts, each to decide on: Alt+↓ and Alt+↑ go from one to the next, and a tick for all of the page.
//
//   <label data-with-script hidden><input type="checkbox" data-tick-all> Tick all of this page</label>
//   <li data-wait tabindex="-1">… <input type="checkbox" name="seen" data-tick> …</li>

const all = document.querySelector("[data-tick-all]");
const ticks = () => [...document.querySelectorAll("[data-tick]")];

for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;

all?.addEventListener("change", () => {
  for (const tick of ticks()) tick.checked = all.checked;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick]")) all.checked = ticks().every((tick) => tick.checked);
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const texts = [...document.querySelectorAll("[data-wait]")];
  const at = texts.findIndex((text) => text.contains(document.activeElement));
  const next = at < 0 ? texts[step > 0 ? 0 : texts.length - 1] : texts[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
});
