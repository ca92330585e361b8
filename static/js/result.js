// The result page. Ticks that were made before the scripts were there are saved. Text that this
// browser still had when the attempt ended is sent late, so that it shows with the answer; what the
// server refuses is shown here and stays in this browser.

import { csrfToken } from "./csrf.js";
import { awaitSuggestions, showSoon } from "./suggestions.js";
import { forget, unsavedOf } from "./unsaved.js";

const { attempt, saveUrl } = document.getElementById("result").dataset;
const KEPT_BY_SERVER = [200, 409, 410];

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

const sent = await Promise.all(
  unsavedOf(attempt).map(async (entry) => {
    const hasMore = await sendLate(entry).catch(() => showLeftOver(entry));
    return hasMore ? entry.position : null;
  }),
);
await showSoon(sent.filter((position) => position !== null));
await awaitSuggestions();
