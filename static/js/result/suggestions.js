// While answers are still being checked, the page asks, ever more seldom, which ones are left, and
// puts what was found into the page, answer by answer.

import { swapInPlace } from "./keep-place.js";
import { ownReply } from "../page/own-reply.js";

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;
const HEADERS = { "X-Page-Script": "1" };
// Of all answers; each page has some of them.
const PARTS = ["score", "notes", "next-time", "checked", "topics", "answer-first", "summary"];

const byId = (id) => document.getElementById(id);

let ended = 0; // requests that stored something: a page that was fetched before is out of date
document.addEventListener("htmx:afterRequest", () => (ended += 1));

export async function awaitSuggestions() {
  const notice = byId("waiting");
  if (!notice) return;
  const { url } = notice.dataset;
  let left = notice.dataset.positions.split(" ").map(Number);
  for (let pause = FIRST_PAUSE; left.length; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    await pauseFor(pause);
    const waiting = await stillWaiting(url, left);
    if (waiting === null) return;
    const checked = left.filter((position) => !waiting.includes(position));
    if (!checked.length || !(await showAnew(checked))) continue;
    left = left.filter((position) => !checked.includes(position));
    pause = FIRST_PAUSE;
  }
  byId("announcements").textContent = `Your answers have been checked. ${document.querySelector("h1").textContent}.`;
}

// The positions that are left; the same as before where no reply came. null: the result is not this
// person's any more.
async function stillWaiting(url, before) {
  const reply = await fetch(url, { headers: HEADERS }).then(ownReply).catch(() => null);
  if (reply && [401, 404, 410].includes(reply.status)) return null;
  const waiting = reply?.json?.waiting;
  return Array.isArray(waiting) ? waiting : before;
}

// Shows these answers anew as soon as no tick is on its way.
export async function showSoon(positions) {
  while (positions.length && !(await showAnew(positions))) await pauseFor(FIRST_PAUSE);
}

const pauseFor = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Shows these answers as they are now, with what follows from them. Returns whether it did: not while
// ticks are on their way, because the page that comes does not have them.
async function showAnew(positions) {
  const before = ended;
  const reply = await fetch(location.pathname, { headers: HEADERS }).then(ownReply).catch(() => null);
  if (!reply?.ok) return false;
  const page = new DOMParser().parseFromString(reply.text, "text/html");
  if (before !== ended || document.querySelector("#result .htmx-request")) return false;
  const parts = [...PARTS, ...positions.flatMap((position) => partsOf(page, position))];
  const pairs = parts.map((id) => [byId(id), page.getElementById(id)]);
  swapInPlace(pairs.filter(([old, fresh]) => old && fresh && old.innerHTML !== fresh.innerHTML));
  return true;
}

function partsOf(page, position) {
  const waiting = document.querySelector(`#answer-${position} > noscript`);
  if (waiting) waiting.textContent = bodyOf(page.getElementById(`answer-${position}`));
  return ["pill", "texts", "follow-ups", "marks", "first"].map((part) => `${part}-${position}`);
}

// The HTML of an answer without its first line.
function bodyOf(answer) {
  const parts = answer.querySelector(":scope > noscript")?.children ?? [...answer.children].slice(1);
  return [...parts].map((part) => part.outerHTML).join("");
}
