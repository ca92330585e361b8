// The answer box of the question that is shown: its saver, and what the page says of its text.

import { restoreUnsaved, showStranded } from "../saving/restore.js";
import { Saver } from "../saving/saver.js";
import { showConflict, showError, showStatus, showWordCount } from "./display.js";

const byId = (id) => document.getElementById(id);
const writer = crypto.randomUUID?.() ?? `${Math.random()}`.slice(2, 18) + Date.now();
let sequence = 0;

// form: #answer-form. on: {closed(), loggedOut(), reached(bool)}, which the saver calls.
// Returns the saver.
export function bindAnswerBox(room, form, troubles, on) {
  let saver = null; // it speaks while it is made
  const { attempt, saveUrl: url } = room.dataset;
  const page = { attempt, url, writer, nextSequence: () => ++sequence, lastSequence: () => sequence };
  form.elements.text.addEventListener("input", showWordCount);
  saver = new Saver(form, page, {
    ...on,
    status: (state, message) => {
      showStatus(state, message);
      troubles.status(state, message, saver?.failures > 0);
    },
    refused: (message) => {
      showError(message);
      if (message) troubles.tell("refused", message);
    },
    conflict: showConflict,
    stranded: showStranded,
  });
  startAsShown(saver, troubles);
  showWordCount();
  restoreUnsaved(room, saver);
  return saver;
}

// The page may have come with a text that was refused, or with two texts to choose from.
function startAsShown(saver, troubles) {
  const { box } = saver;
  if (box.getAttribute("aria-invalid")) {
    saver.startRefused();
    troubles.tell("refused", byId("answer-error").textContent);
  }
  const conflict = byId("conflict");
  if (!conflict.hidden) {
    const text = conflict.querySelector("[data-other]").textContent;
    saver.outcome.letChoose({ text, revision: Number(conflict.dataset.revision) });
  }
  if (box.value === box.defaultValue) {
    box.setSelectionRange(box.value.length, box.value.length); // typing goes on at its end
  }
}

// The buttons beside two texts choose one of them. saver(): of the box, or null.
export function bindChoice(saver) {
  document.addEventListener("click", (event) => {
    const which = event.target.dataset.choose;
    if (!which || !saver()?.outcome.theirs) return;
    event.preventDefault();
    byId("conflict").hidden = true;
    saver().choose(which).then(showWordCount);
    saver().box.focus();
  });
}
