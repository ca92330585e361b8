// The result page: what somebody ticked before the scripts were there is saved; text that this
// browser still had when the attempt ended is handed in late, so that it shows with the answer.
// What the server does not take is shown here and stays in this browser.

import { forget, leftOf } from "./mirror.js";
import { csrfToken } from "./csrf.js";

const { attempt, saveUrl } = document.getElementById("result").dataset;
const TAKEN = [200, 409, 410];
const LOOK_AGAIN = 3_000;

document.addEventListener("htmx:load", sendEarlyTicks, { once: true });

function sendEarlyTicks() {
  for (const form of document.querySelectorAll("form.marks")) {
    const boxes = [...form.querySelectorAll("[type=checkbox]")];
    if (boxes.some((box) => box.checked !== box.defaultChecked)) form.dispatchEvent(new Event("change"));
  }
}

// Resolves to whether there is now more to be shown with the answer.
async function handIn(entry) {
  const { key, position, revision, text } = entry;
  const sequence = Date.now() % 2 ** 31;
  const body = new URLSearchParams({ position, revision, text, sequence, cause: "auto", writer: "left-in-browser" });
  const reply = await fetch(saveUrl, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": csrfToken(), "X-Page-Script": "1" },
  });
  const said = await reply.json().catch(() => ({}));
  if (!TAKEN.includes(reply.status)) return show(entry, said.message);
  forget(key);
  return ["accepted", "late", "conflict"].includes(said.verdict);
}

function show({ key, position, text }, reason = "The site did not take it; load this page again to try once more.") {
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

// While answers are still being compared: look now and then, and show the rest when it is there.
// A page that somebody works on is not taken from under their hands; a link says that it is old.
async function awaitSuggestions() {
  const notice = document.getElementById("waiting");
  if (!notice) return;
  const worked = new AbortController();
  document.getElementById("result").addEventListener("input", () => worked.abort(), { signal: worked.signal });
  for (let still = true; still; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const page = await fetch(location.pathname).then((reply) => reply.text()).catch(() => 'id="waiting"');
    still = page.includes('id="waiting"');
  }
  if (!worked.signal.aborted) return location.reload();
  notice.querySelector("[data-says]").textContent = "Your answers have been compared with the key points.";
}

const handed = await Promise.all(leftOf(attempt).map((entry) => handIn(entry).catch(() => show(entry))));
if (handed.some(Boolean)) location.reload();
await awaitSuggestions();
