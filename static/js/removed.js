// The attempt of this room was removed from this browser, in another tab. The page says so (page.js).
// What is in the box stays there to be copied, and takes no more text that nothing would keep.

import { askBeforeLeaving } from "./leaving.js";
import { forgetAll } from "./mirror.js";
import { hold } from "./seen.js";

let isRemoved = false;

function lock(box) {
  box.readOnly = true;
  if (!isRemoved) box.addEventListener("beforeinput", (event) => event.preventDefault());
}

document.addEventListener("attempt-removed", () => {
  const box = document.getElementById("answer");
  // A press that was refused unlocks the box when it ends.
  if (box) setTimeout(lock, 0, box);
  if (isRemoved) return;
  box?.blur(); // sends what was not sent yet, so that the page knows of that too
  document.getElementById("clock").hidden = true;
  hold(document.getElementById("room"));
  askBeforeLeaving(() => Boolean(box?.value.trim()));
  forgetAll();
  setTimeout(() => (isRemoved = true), 0);
});
