// Below each point that a candidate has ticked and the check did not find, a button offers the words
// that are selected in the answer. The button is a plain one that sends its value.

let chosen; // { position, words }, until they are sent or others are selected
let sent; // what is on its way

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (selection.isCollapsed) return; // a press on a button may undo the selection
  const range = selection.getRangeAt(0);
  const at = range.commonAncestorContainer;
  const written = (at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement).closest("[id^=written-]");
  const words = wordsOf(range);
  if (!written || !words) return;
  chosen = { position: written.id.replace("written-", ""), words };
  offer();
});

// The selected text of the answer, without the numbers of points.
function wordsOf(range) {
  const part = range.cloneContents();
  for (const number of part.querySelectorAll("sup")) number.remove();
  return part.textContent.trim();
}

function offer() {
  if (!chosen) return;
  for (const button of document.querySelectorAll(`.selection[data-of="${chosen.position}"]`)) {
    button.value = chosen.words;
    button.querySelector("q").textContent = chosen.words;
    button.hidden = false;
  }
}

document.addEventListener("htmx:load", offer); // below a point that was ticked just now
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.matches(".selection, .sentence")) [sent, chosen] = [chosen, undefined];
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt.matches(".selection, .sentence") || detail.successful) return;
  chosen ??= sent;
  offer();
});
