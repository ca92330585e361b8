// The line that says which recordings of the question this browser has.

import { recordingsOf, removeRecording } from "../../storage/recordings.js";
import { lengthInWords } from "./lengths.js";

// line: an element with [data-kept-says]; it is hidden where there are none.
export async function showKept(line, attempt, position) {
  const heads = await recordingsOf(attempt, position);
  line.hidden = !heads.length;
  const length = lengthInWords(heads.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const which = heads.length === 1 ? "a recording" : `${heads.length} recordings`;
  line.querySelector("[data-kept-says]").textContent = `This browser has ${which} of this question, ${length}. Your result plays ${heads.length === 1 ? "it" : "them"}.`;
}

export async function deleteKept(attempt, position) {
  for (const head of await recordingsOf(attempt, position)) await removeRecording(head);
}
