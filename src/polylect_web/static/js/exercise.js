// Sends an exercise without loading the page again: the server's answer takes the place of the form, and its heading
// takes the focus.
//
//   <section data-exercise data-failed="Your answer could not be sent…">
//     <p role="status" class="unseen"></p>
//     <div data-exercise-body><form method="post" action="…">…</form></div>
//   </section>
//
// A number that is written into a choice picks it (<input data-picks="ID of the choice">), and a picture to point into
// gets its own module once it is used.
//
// So do the sides of an arrangement, which come and go (<button name="act" value="add q1" data-side-button>), and of
// whose cells “nothing” excludes the rest (<fieldset data-cell>).
//
// Without this script the same form brings the whole page back.

for (const exercise of document.querySelectorAll("[data-exercise]")) {
  exercise.addEventListener("submit", (event) => {
    event.preventDefault();
    send(exercise, event.target, event.submitter);
  });
  exercise.addEventListener("input", ({ target }) => {
    const choice = target.dataset.picks && document.getElementById(target.dataset.picks);
    if (choice && target.value.trim()) choice.checked = true;
    inPicture(target, ({ movePin }, picture) => movePin(picture));
  });
  exercise.addEventListener("pointerover", ({ target }) => {
    inPicture(target, () => {}); // so that it is there before the first click
  });
  exercise.addEventListener("click", (event) => {
    inPicture(event.target, ({ point }, picture) => point(picture, event));
    const button = event.target.closest("[data-side-button]");
    if (!button) return;
    event.preventDefault();
    import("./sides.js").then(({ change }) => change(button)).catch(() => button.form.requestSubmit(button));
  });
  exercise.addEventListener("change", ({ target }) => {
    const cell = target.checked && target.closest("[data-cell]");
    for (const box of cell ? cell.querySelectorAll("input[type=checkbox]") : []) {
      if ((box.value === "nothing") !== (target.value === "nothing")) box.checked = false;
    }
  });
}

async function inPicture(target, act) {
  const picture = target.closest("[data-picture]");
  if (picture) act(await import("./picture.js"), picture);
}

async function send(exercise, form, submitter) {
  if (exercise.ariaBusy === "true") return; // pressed twice
  const status = exercise.querySelector("[role=status]");
  exercise.ariaBusy = "true";
  status.textContent = "";
  status.className = "unseen"; // what could not be sent before is being sent now
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { "X-Fragment": "exercise" },
    });
    if (!answer.headers.get("X-Fragment")) throw new Error(`status ${answer.status}`);
    const body = exercise.querySelector("[data-exercise-body]");
    body.innerHTML = await answer.text();
    const heading = body.querySelector("[data-takes-focus]");
    heading?.focus();
    status.textContent = body.querySelector("[data-status]")?.textContent.trim() ?? "";
  } catch {
    status.textContent = exercise.dataset.failed;
    status.className = "notice notice-error";
  } finally {
    exercise.ariaBusy = "false";
  }
}
