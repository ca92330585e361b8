// Text of a question that this browser still has is put back into the answer box, or offered above it.

import { askBeforeLeaving } from "../page/leaving.js";
import { forget } from "../storage/mirror.js";
import { showNotice } from "../page/notice.js";
import { questionName } from "../page/question-name.js";
import { unsavedOf } from "../storage/unsaved.js";

// The text comes from an earlier page or from another tab. What this tab had in the box before a
// reload goes back without asking: the save that left with the old page may still be on its way, and
// it carries this same text.
export async function restoreUnsaved(room, saver) {
  const { answer } = saver;
  const entries = (await unsavedOf(room.dataset.attempt)).filter(
    ({ key, position }) => position === answer.position && key !== answer.entry.key,
  );
  if (saver.hasLeft) return;
  for (const entry of entries.reverse()) {
    if (answer.stored?.includes(entry.text.trim())) forget(entry.key); // the server has it
    else if (entry.mine && continues(entry, answer)) putIntoBox(saver, entry);
    else offer(room, saver, entry);
  }
}

// The entry stays in this browser until the person leaves it out or puts it into the box, which has
// an entry of its own.
function offer(room, saver, entry) {
  const notice = showNotice(room, "unsaved");
  notice.querySelector("[data-unsaved-text]").textContent = entry.text;
  notice.addEventListener("click", ({ target }) => {
    const choice = target.dataset.unsaved;
    if (!choice) return;
    if (choice === "restore") putIntoBox(saver, entry);
    else forget(entry.key);
    notice.remove();
    saver.box.focus();
  });
}

// Whether the entry is a later state of the text in the box.
export function continues(entry, { value, stored, revision }) {
  return entry.text.startsWith(value) || (value === stored && entry.revision === revision);
}

// The entry replaces the text that it continues; any other text stays in the box above it.
function putIntoBox(saver, entry) {
  const { answer, box } = saver;
  box.value = continues(entry, answer) ? entry.text : `${box.value}\n\n${entry.text}`;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  // Its text is in the entry of the box by then, or the server has it.
  answer.copy().then((isKept) => isKept && forget(entry.key));
  saver.flush("auto");
}

// The page has moved on from question `position`, and nothing has its text.
export function showStranded(position, text) {
  const notice = document.getElementById("stranded").content.firstElementChild.cloneNode(true);
  const { followUps } = document.getElementById("room").dataset;
  notice.querySelector("[data-position]").textContent = questionName(position, followUps);
  notice.querySelector("[data-text]").textContent = text;
  const release = askBeforeLeaving(() => true);
  notice.querySelector("button").addEventListener("click", () => {
    release();
    notice.remove();
  });
  document.getElementById("announcements").before(notice);
}
