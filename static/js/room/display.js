// What the room shows: the status line, what is wrong with the text, two texts to choose from, and
// the time left.

import { MINUTE, clockFace } from "../clock/clock.js";
import { option } from "../storage/options.js";
import { wordCount } from "./words.js";

const MORE_TIME_BEFORE = 2 * MINUTE;
// Time is nearly up in the last minute. What has little time, such as a follow-up, is not nearly up from its start.
const nearlyUp = (limit) => Math.min(MINUTE, limit / 3);

const byId = (id) => document.getElementById(id);

// What was last written into an element. A translator may have changed the text since, and a screen
// reader would hear it again, so the same words are never written twice.
const written = new WeakMap();

function write(element, text) {
  if (written.get(element) === text) return;
  written.set(element, text);
  if (element.textContent !== text) element.textContent = text;
}

export function showStatus(state, message) {
  const line = byId("save-status");
  if (!line) return;
  line.dataset.state = state;
  line.querySelector("[data-says]").textContent = message;
}

export const statusShown = () => byId("save-status").querySelector("[data-says]").innerText;

// message: "" when nothing is wrong.
export function showError(message) {
  const error = byId("answer-error");
  error.textContent = message;
  error.hidden = !message;
  if (message) byId("answer").setAttribute("aria-invalid", "true");
  else byId("answer").removeAttribute("aria-invalid");
}

export function showWordCount() {
  const count = wordCount(byId("answer").value);
  byId("save-status").querySelector("[data-words]").textContent = `${count} word${count === 1 ? "" : "s"}`;
}

export function showConflict(theirs) {
  const conflict = byId("conflict");
  conflict.querySelector("[data-other]").textContent = theirs;
  conflict.hidden = false;
  conflict.querySelector("[data-choose]").focus();
}

// Scrolls the list of questions to the current one, and nothing else.
export function showPlace(room) {
  const [list, current] = [room.querySelector(".dots"), room.querySelector(".dots .now")];
  if (!current) return;
  const middle = (element) => element.getBoundingClientRect().left + element.clientWidth / 2;
  list.scrollLeft += middle(current) - middle(list);
}

// The buttons that need scripts stay hidden until the scripts are there. The page before finishing
// has none of them.
export function showButtons(hasClock) {
  const [options, toggle] = [byId("show-options"), byId("toggle-timer")];
  if (options) options.hidden = false;
  if (!toggle) return;
  toggle.hidden = !hasClock;
  toggle.textContent = option("timer") ? "Hide timer" : "Show timer";
}

// left, think: milliseconds left of the time and of the thinking time. limit: of the time in all.
export function showTime(left, think, limit) {
  const panel = byId("clock");
  const timer = panel.querySelector("[role=timer]");
  timer.classList.toggle("concealed", !option("timer") && left > nearlyUp(limit));
  write(timer, clockFace(left));
  panel.classList.toggle("low", left > 0 && left <= nearlyUp(limit));
  panel.classList.toggle("over", left <= 0);
  const bar = panel.querySelector("progress");
  if (bar) bar.value = Math.max(0, left);
  const moreTime = byId("more-time");
  if (moreTime) moreTime.hidden = left <= 0 || left > MORE_TIME_BEFORE;
  const thinking = byId("thinking");
  if (!thinking) return;
  thinking.hidden = think <= 0;
  write(thinking.querySelector("[data-thinking]"), clockFace(think));
}
