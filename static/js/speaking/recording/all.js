// How many recordings this browser has of all attempts, and the button that deletes them. Where it has none, only
// the page of one's data says so.

import { allRecordings, forgetRecordings } from "../../storage/recordings.js";

const megabytes = (bytes) => (bytes < 100_000 ? "under 0.1 MB" : `${(bytes / 1_000_000).toFixed(1)} MB`);

async function count(part) {
  const heads = await allRecordings();
  const bytes = heads.reduce((sum, head) => sum + head.bytes, 0);
  const number = `${heads.length} recording${heads.length === 1 ? "" : "s"}`;
  part.querySelector("[data-recordings-are]").textContent = heads.length
    ? `This browser has ${number} of your voice, ${megabytes(bytes)}.`
    : "This browser has no recordings of your voice.";
  part.querySelector("details").hidden = !heads.length;
  part.querySelector("button").textContent = `Delete ${number}`;
  part.hidden &&= !heads.length && part.dataset.allRecordings !== "always";
}

// The parts of a page that say so: [data-all-recordings]. deleted(): called afterwards.
export function offerToDeleteAll(deleted = () => {}) {
  for (const part of document.querySelectorAll("[data-all-recordings]")) {
    count(part);
    part.querySelector("button").addEventListener("click", async () => {
      await forgetRecordings();
      part.querySelector("details").open = false;
      await count(part);
      part.querySelector("[data-recordings-are]").focus();
      deleted();
    });
  }
}

export function countAll() {
  document.querySelectorAll("[data-all-recordings]").forEach(count);
}
