// Picks the choice in which somebody writes a number.
//
//   <label><input type="radio" id="a"> I would ask <input data-picks="a"> people.</label>
//
// Without this script the choice is picked by hand.

document.addEventListener("input", (event) => {
  const choice = event.target.dataset.picks && document.getElementById(event.target.dataset.picks);
  if (choice && event.target.value.trim()) choice.checked = true;
});
