// The result page. Ticks that were made before the scripts were there are saved. Text that this
// browser still had when the attempt ended is sent late, so that it shows with the answer; what the
// server refuses is shown here and stays in this browser.

import { csrfToken } from "./csrf.js";
import "./page.js";
import "./said-here.js";
import { forget, unsavedOf } from "./unsaved.js";

const { attempt, saveUrl } = document.getElementById("result").dataset;
const KEPT_BY_SERVER = [200, 409, 410];
const LOOK_AGAIN = 3_000;

document.addEventListener("htmx:load", sendEarlyTicks, { once: true });

function sendEarlyTicks() {
  for (const form of document.querySelectorAll("form.marks")) {
    const boxes = [...form.querySelectorAll("[type=checkbox]")];
    if (boxes.some((box) => box.checked !== box.defaultChecked)) form.dispatchEvent(new Event("change"));
  }
}

// Resolves to whether the result has more to show now.
async function sendLate(entry) {
  const { key, position, revision, text } = entry;
  const sequence = Date.now() % 2 ** 31;
  const body = new URLSearchParams({ position, revision, text, sequence, cause: "auto", writer: "left-in-browser" });
  const reply = await fetch(saveUrl, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": csrfToken(), "X-Page-Script": "1" },
  });
  const result = await reply.json().catch(() => ({}));
  if (!KEPT_BY_SERVER.includes(reply.status)) return showLeftOver(entry, result.message);
  forget(key);
  return ["accepted", "late", "conflict"].includes(result.verdict);
}

const NOT_TAKEN = "The site could not save it. Reload this page to try again.";

function showLeftOver({ key, position, text }, reason = NOT_TAKEN) {
  const notice = document.getElementById("left-over").content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-position]").textContent = position;
  notice.querySelector("[data-reason]").textContent = reason;
  notice.querySelector("[data-text]").textContent = text;
  notice.querySelector("button").addEventListener("click", () => {
    forget(key);
    notice.remove();
  });
  document.getElementById("result").prepend(notice);
  return false;
}

// While answers are still being checked: look every few seconds, and reload when all are done. A
// page that somebody has changed is not reloaded; a message with a link says that it is old.
async function awaitSuggestions() {
  const notice = document.getElementById("waiting");
  if (!notice) return;
  const changed = new AbortController();
  document.getElementById("result").addEventListener("input", () => changed.abort(), { signal: changed.signal });
  for (let isWaiting = true; isWaiting; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const page = await fetch(location.pathname).then((reply) => reply.text()).catch(() => 'id="waiting"');
    isWaiting = page.includes('id="waiting"');
  }
  if (!changed.signal.aborted) return location.reload();
  notice.querySelector("[data-says]").textContent = "Your answers have been checked.";
}

const haveMore = await Promise.all(unsavedOf(attempt).map((entry) => sendLate(entry).catch(() => showLeftOver(entry))));
if (haveMore.some(Boolean)) location.reload();
await awaitSuggestions();
