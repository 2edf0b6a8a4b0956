// Makes the form of a case quicker: sides come and go without loading the page, and “nothing” excludes the rest. The
// case can travel in the fragment of a link, which no browser sends to a server: such a link fills in the form.
//
//   <form data-case data-filled="…" data-unreadable="…">
//     <p role="status" data-status></p>
//     <div data-sides><fieldset data-side="1"><legend data-numbered="Side {number}">…</fieldset></div>
//     <template data-blank>… the same, with the number 0 …</template>
//     <button name="act" value="add"> <button name="act" value="remove:1">
//   </form>
//   <button data-link hidden> <div data-linked hidden><input></div> <button data-print hidden> <span data-by-hand>
//
// Without this script the server adds and removes sides, and the case is taken along as a file.

const MOST_SIDES = 5;
const MARK = "#case=";
const form = document.querySelector("[data-case]");
const sides = form.querySelector("[data-sides]");
const list = () => [...sides.querySelectorAll("[data-side]")];

form.addEventListener("click", (event) => {
  const act = event.target.closest("button[name=act]")?.value ?? "";
  if (act !== "add" && !act.startsWith("remove:")) return;
  event.preventDefault();
  if (act === "add") addSide()?.querySelector("input:not([type=hidden])").focus();
  else removeSide(event.target.closest("[data-side]"));
});

form.addEventListener("change", ({ target }) => {
  const cell = target.type === "checkbox" && target.closest("[data-cell]");
  if (!cell || !target.checked) return;
  for (const box of cell.querySelectorAll("input")) {
    if ((box.value === "nothing") !== (target.value === "nothing")) box.checked = false;
  }
});

function addSide() {
  if (list().length >= MOST_SIDES) return null;
  const taken = list().map((side) => side.dataset.side);
  const key = Array.from({ length: 99 }, (_, at) => `${at + 1}`).find((one) => !taken.includes(one));
  const made = form.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
  for (const element of [made, ...made.querySelectorAll("*")]) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replace(/([-:])0$/, `$1${key}`);
    }
  }
  made.dataset.side = key;
  made.querySelector("[name=side]").value = key;
  sides.append(made);
  renumber();
  return made;
}

function removeSide(side) {
  side.remove();
  renumber();
  (list().at(-1)?.querySelector("input:not([type=hidden])") ?? form).focus();
}

function renumber() {
  const all = list();
  all.forEach((side, at) => {
    const legend = side.querySelector("[data-numbered]");
    legend.textContent = legend.dataset.numbered.replace("{number}", at + 1);
    side.querySelector("[value^='remove:']").hidden = all.length < 2;
  });
  form.querySelector("[value=add]").hidden = all.length >= MOST_SIDES;
}

// The case as a short text, and back: names and values as they are, null for a cell that is not filled in.

function described() {
  const chosen = (side, what) => {
    const found = [...side.querySelectorAll(`[name^="${what}-"]:checked`)].map((box) => box.value);
    return found.length ? found : null;
  };
  const told = list().map((side) => [
    side.querySelector("[name^='name-']").value,
    chosen(side, "kind")?.[0] ?? null,
    chosen(side, "invests"),
    chosen(side, "gains"),
  ]);
  return [told, form.querySelector("[name=overlap]:checked")?.value ?? null];
}

function fragment() {
  const bytes = new TextEncoder().encode(JSON.stringify(described()));
  const text = btoa(String.fromCharCode(...bytes));
  return MARK + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function read(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const [told, overlap] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  if (!told.length || told.length > MOST_SIDES) throw new Error("no sides");
  return [told.map(([name, kind, invests, gains]) => ({ name: `${name}`, kind, invests, gains })), overlap];
}

function fill([told, overlap]) {
  while (list().length < told.length) addSide();
  list().slice(told.length).forEach((side) => side.remove());
  list().forEach((side, at) => {
    const { name, ...cells } = told[at];
    side.querySelector("[name^='name-']").value = name;
    for (const [what, values] of Object.entries(cells)) {
      for (const box of side.querySelectorAll(`[name^="${what}-"]`)) {
        box.checked = [values].flat().includes(box.value);
      }
    }
  });
  for (const box of form.querySelectorAll("[name=overlap]")) box.checked = box.value === overlap;
  renumber();
}

function tell(sentence) {
  const status = form.querySelector("[data-status]");
  status.className = "notice";
  status.textContent = sentence;
}

const link = document.querySelector("[data-link]");
if (link) {
  const shown = document.querySelector("[data-linked]");
  const print = document.querySelector("[data-print]");
  link.hidden = print.hidden = false;
  document.querySelector("[data-by-hand]")?.remove(); // it comes along by itself
  link.addEventListener("click", () => {
    shown.hidden = false;
    const field = shown.querySelector("input");
    field.value = `${location.origin}${new URL(form.action).pathname}${fragment()}`;
    field.focus();
    field.select();
  });
  print.addEventListener("click", () => window.print());
  // To another language, or through signing in: the case comes along, unseen by the server.
  document.addEventListener("click", ({ target }) => {
    const way = target.closest(".menu-list a, a[href*='/sign-in/']");
    if (way) way.hash = fragment();
  });
  if (location.hash.startsWith(MARK)) {
    try {
      fill(read(location.hash.slice(MARK.length)));
      tell(form.dataset.filled);
    } catch {
      tell(form.dataset.unreadable);
    }
    history.replaceState(null, "", location.pathname);
  }
}
