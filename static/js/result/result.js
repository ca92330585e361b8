// The result page. Text that this browser still had when the attempt ended is sent late, so that it shows
// with the answer; what the server refuses is shown here and stays in this browser.

import { csrfToken } from "../page/csrf.js";
import { forget } from "../storage/mirror.js";
import { ownReply } from "../page/own-reply.js";
import "./next-question.js";
import "../page/page.js";
import "./print.js";
import { questionName } from "../page/question-name.js";
import "./said-here.js";
import { hasText, meaningOf, receiptOf } from "../saving/save-reply.js";
import "./sections.js";
import { showNew } from "../page/seen.js";
import { answerAt, questionAt } from "./questions.js";
import { showRecordings } from "../speaking/recording/shown.js";
import { keepTicks } from "./ticks.js";
import { awaitSuggestions, showSoon } from "./suggestions.js";
import { unsavedOf } from "../storage/unsaved.js";

const { attempt, followUps, saveUrl } = document.getElementById("result").dataset;
// The press that ended the interview, on the page before this one, may have been a double one.
const before = document.referrer && new URL(document.referrer).pathname;
if (before.startsWith(`/attempts/${attempt}/`) && !before.endsWith("/review/")) showNew(document.getElementById("result"));
keepTicks();
showRecordings(attempt);

// Sends a text as what it is, a save of the page that wrote it, so that no other text replaces it.
// Resolves to whether the result has more to show now.
async function sendLate(entry) {
  const { key, position, revision, text, writer, sequence } = entry;
  const body = new URLSearchParams({ position, revision, text, sequence, cause: "auto", writer });
  const response = await fetch(saveUrl, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": csrfToken(), "X-Page-Script": "1" },
    redirect: "error",
  });
  const reply = await ownReply(response);
  if (!hasText(meaningOf(reply, receiptOf(writer, sequence, text)))) return showLeftOver(entry, reply.json?.message);
  await forget(key);
  return ["accepted", "late", "conflict"].includes(reply.json.verdict);
}

const NOT_TAKEN = "The site could not save it. Reload this page to try again.";

function showLeftOver({ key, position, text }, reason = NOT_TAKEN) {
  const notice = document.getElementById("left-over").content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-position]").textContent = questionName(position, followUps);
  notice.querySelector("[data-reason]").textContent = reason;
  notice.querySelector("[data-text]").textContent = text;
  notice.querySelector("button").addEventListener("click", () => {
    forget(key);
    notice.remove();
  });
  document.getElementById("result").prepend(notice);
  return false;
}

// One after the other, the oldest first: where two are for one question, the first is stored. Resolves
// to the positions of the questions of which the result has more to show now.
async function sendLeftOvers() {
  const positions = new Set();
  for (const entry of await unsavedOf(attempt)) {
    const hasMore = await sendLate(entry).catch(() => showLeftOver(entry));
    if (hasMore) positions.add(questionAt(entry.position));
  }
  return [...positions];
}

// A text that came late does not count, so that nobody expects it in a closed line.
const late = await sendLeftOvers();
await showSoon(late);
for (const position of late) answerAt(position)?.setAttribute("open", "");
await awaitSuggestions();
