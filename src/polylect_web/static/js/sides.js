// Adds and takes away the sides of an arrangement without asking the server. What was filled in stays with a side that
// was taken away, should it come back.
//
//   <fieldset data-arrangement>
//     <fieldset data-side="library" tabindex="-1"> … <button value="take-away q1.library" data-side-button> </fieldset>
//     <div data-add-side> <select>…</select> <button value="add q1" data-side-button> </div>
//     <p data-full hidden>…</p>
//     <template data-others> the sides that are not there </template>
//   </fieldset>
//
// exercise.js brings this in when one of the buttons is pressed. Without it, the server does the same.

export function change(button) {
  const arrangement = button.closest("[data-arrangement]");
  const row = arrangement.querySelector("[data-add-side]");
  const select = row.querySelector("select");
  const others = arrangement.querySelector("[data-others]").content;
  const side = button.closest("[data-side]");
  if (side) {
    others.append(side);
    settle(arrangement, row, select);
    select.focus();
    return;
  }
  const added = select.value && others.querySelector(`[data-side="${CSS.escape(select.value)}"]`);
  if (added) {
    arrangement.querySelector("[data-sides]").append(added);
    settle(arrangement, row, select);
  }
  (added || select).focus();
}

function settle(arrangement, row, select) {
  const there = [...arrangement.querySelectorAll("[data-side]")].map((side) => side.dataset.side);
  for (const option of select.options) {
    option.hidden = option.disabled = there.includes(option.value);
  }
  select.value = "";
  const isFull = there.length >= Number(row.dataset.most) || there.length === select.options.length - 1;
  row.hidden = isFull;
}
