// The attempt of this room was removed, in another tab or with its account. The page says so (page.js).
// What is in the box stays there to be copied, and takes no more text that nothing would keep.

import { showStatus } from "./display.js";
import { askBeforeLeaving } from "../page/leaving.js";
import { forgetAll } from "../storage/mirror.js";
import { forgetRecordings } from "../storage/recordings.js";
import { hold } from "../page/seen.js";

let isRemoved = false;

const refuse = (event) => event.preventDefault();

function lock(box) {
  box.readOnly = true;
  box.addEventListener("beforeinput", refuse);
}

// The buttons of the room do not act any more.
function showWayOut() {
  const link = document.createElement("a");
  Object.assign(link, { className: "btn", href: "/", textContent: "All interviews" });
  const line = document.createElement("p");
  line.append(link);
  document.getElementById("alert").after(line);
}

document.addEventListener("attempt-removed", () => {
  const box = document.getElementById("answer");
  // A press that was refused unlocks the box when it ends.
  if (box) setTimeout(lock, 0, box);
  if (isRemoved) return;
  isRemoved = true; // two replies at once may both say so
  box?.blur(); // sends what was not sent yet, so that the page knows of that too
  showStatus("unsaved", "Not saved any more");
  showWayOut();
  document.getElementById("clock").hidden = true;
  hold(document.getElementById("room"));
  askBeforeLeaving(() => Boolean(box?.value.trim()));
  const { attempt } = document.querySelector("[data-attempt]").dataset;
  forgetAll(`${attempt}:`);
  forgetRecordings(`${attempt}:`);
});
