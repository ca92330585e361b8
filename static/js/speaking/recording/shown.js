// The result plays the recordings of each answer. They come from this browser, so another one has none.

import { recordingsOf, removeRecording, soundOf } from "../../storage/recordings.js";
import { lengthInWords } from "./lengths.js";

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

// A recording has no length in itself until a browser has read it to its end.
function findLength(audio) {
  audio.addEventListener("loadedmetadata", () => {
    if (audio.duration !== Infinity) return;
    audio.addEventListener("durationchange", () => (audio.currentTime = 0), { once: true });
    audio.currentTime = 1e9;
  }, { once: true });
}

async function shownOf(template, head, remove) {
  const shown = template.content.firstElementChild.cloneNode(true);
  const audio = shown.querySelector("audio");
  const words = `${TIME.format(new Date(head.at))}, ${lengthInWords(head.milliseconds)}`;
  shown.querySelector("[data-recording-is]").textContent = words;
  audio.setAttribute("aria-label", `Your recording, ${words}`);
  findLength(audio);
  audio.src = URL.createObjectURL(await soundOf(head));
  shown.querySelector("button").addEventListener("click", async () => {
    audio.pause();
    await removeRecording(head);
    URL.revokeObjectURL(audio.src);
    shown.remove();
    remove();
  });
  return shown;
}

async function show(list, attempt) {
  list.dataset.isFilled = "yes";
  const heads = await recordingsOf(attempt, list.dataset.recordings);
  const name = list.querySelector("[data-recording-name]");
  const removed = () => {
    list.hidden = !list.querySelector("audio");
    (list.querySelector(".recording button") ?? list.closest("details")?.querySelector("summary"))?.focus();
  };
  for (const head of heads) list.append(await shownOf(list.querySelector("template"), head, removed));
  name.textContent = heads.length > 1 ? "Your recordings" : "Your recording";
  list.hidden = !heads.length;
}

function showIn(root, attempt) {
  for (const list of root.querySelectorAll("[data-recordings]:not([data-is-filled])")) show(list, attempt);
}

// Call this after the script that fills what is closed (result/sections.js): both listen to the same event.
export function showRecordings(attempt) {
  document.addEventListener("toggle", ({ target }) => target.open && showIn(target, attempt), true);
  showIn(document, attempt);
}
