// Plain forms: one press sends one request, with the CSRF token as it is now.

import { csrfToken } from "./csrf.js";

const AGAIN_AFTER = 10_000;

document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method === "dialog") return;
  if ("submitted" in form.dataset) return event.preventDefault();
  form.dataset.submitted = "yes";
  setTimeout(() => delete form.dataset.submitted, AGAIN_AFTER); // the site may not have answered
  // Logging in in another tab has renewed it since this page was loaded.
  const token = form.elements.csrfmiddlewaretoken;
  if (token && csrfToken()) token.value = csrfToken();
});

// The Back button shows a page as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-submitted]")) delete form.dataset.submitted;
});
