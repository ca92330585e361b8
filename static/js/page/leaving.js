// Before the page goes it asks, if something that somebody wrote in it would be nowhere else.

const STILL_HERE = 10_000; // a page that has not gone by then stays
const stakes = new Set();
let sent = new WeakSet(); // forms whose text is on its way to the site, as a page of its own

// isAtStake(): whether there is such a text. Returns a function that ends this.
export function askBeforeLeaving(isAtStake) {
  stakes.add(isAtStake);
  return () => stakes.delete(isAtStake);
}

export const isBeingSent = (form) => sent.has(form);

window.addEventListener("beforeunload", (event) => {
  // All of them are asked, because some store their text when they are.
  const answers = [...stakes].map((isAtStake) => isAtStake());
  if (answers.some(Boolean)) event.preventDefault();
});

// Other scripts may still keep a form from being sent; they listen to the same event.
window.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog" || event.submitter?.formTarget === "_blank") return;
  sent.add(event.target);
  setTimeout(() => sent.delete(event.target), STILL_HERE);
});

window.addEventListener("pageshow", () => (sent = new WeakSet()));

// Boxes of plain forms: what is written there is nowhere else until the form is sent.
// kept: a selector of the forms that take care of their own text.
export function watchBoxes(kept) {
  const isOnlyCopy = (box) =>
    box.value.trim() && (box.value !== box.defaultValue || "onlyCopy" in box.dataset) && !isBeingSent(box.form);
  askBeforeLeaving(() => [...document.querySelectorAll("textarea")].some((box) => !box.closest(kept) && isOnlyCopy(box)));
}
