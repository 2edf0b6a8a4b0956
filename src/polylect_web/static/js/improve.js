// Lets a reader point at any text of the page and say what would be better.
//
//   <a href="/fr/translate/fr/…/" data-improve="/fr/translate/improve/…/">Improve this translation</a>
//
// All that it takes is loaded when the link is pressed. Without this script, and where that cannot be had, the link leads
// to the texts of the page in the workbench.

for (const link of document.querySelectorAll("[data-improve]")) {
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    start(link);
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    start(link);
  });
}

async function start(link) {
  if (link.ariaBusy === "true") return; // pressed twice
  link.ariaBusy = "true";
  try {
    const { improve } = await import("./improving.js");
    await improve(link);
  } catch {
    location.assign(link.href);
  } finally {
    link.ariaBusy = null;
  }
}
