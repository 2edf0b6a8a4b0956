// Sends an exercise without loading the page again: the server's answer takes the place of the form, and its heading
// takes the focus.
//
//   <section data-exercise data-failed="Your answer could not be sent…">
//     <p role="status" class="unseen"></p>
//     <div data-exercise-body><form method="post" action="…">…</form></div>
//   </section>
//
// Without this script the same form brings the whole page back.

for (const exercise of document.querySelectorAll("[data-exercise]")) {
  exercise.addEventListener("submit", (event) => {
    event.preventDefault();
    send(exercise, event.target, event.submitter);
  });
}

async function send(exercise, form, submitter) {
  if (exercise.ariaBusy === "true") return; // pressed twice
  const status = exercise.querySelector("[role=status]");
  exercise.ariaBusy = "true";
  status.textContent = "";
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
