// What is closed on the result page waits as text in a <noscript>, because thousands of elements make
// a page slow. It becomes part of the page when it is opened, and all of it before the page is printed.

import { showTimes } from "../page/page.js";
import { answerAt } from "./questions.js";

// A page that was parsed by a script has elements in its <noscript>, where the browser's has text.
export function fill(details) {
  const waiting = details.querySelector(":scope > noscript");
  if (!waiting) return;
  const template = document.createElement("template");
  template.innerHTML = waiting.childElementCount ? waiting.innerHTML : waiting.textContent;
  waiting.replaceWith(template.content);
  showTimes(details);
  window.htmx?.process(details);
}

// An address such as #marks-7 leads to a part of an answer that may still be closed.
function reveal() {
  const position = location.hash.match(/^#\w+-(\d+)/)?.[1];
  const answer = answerAt(position);
  const target = () => document.getElementById(location.hash.slice(1));
  if (!answer || target()?.checkVisibility?.()) return;
  answer.open = true;
  fill(answer);
  target()?.scrollIntoView();
}

document.addEventListener("toggle", ({ target }) => target.open && fill(target), true);
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:has(> noscript)")) fill(details);
});
addEventListener("hashchange", reveal);
reveal();
