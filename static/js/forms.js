// Plain forms: one press, one request, and the CSRF token of now.

import { csrfToken } from "./csrf.js";

const AGAIN_AFTER = 10_000;

document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method === "dialog") return;
  if ("sent" in form.dataset) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, AGAIN_AFTER); // the site may not have answered
  // A log-in in another tab has renewed it since this page was loaded.
  const token = form.elements.csrfmiddlewaretoken;
  if (token && csrfToken()) token.value = csrfToken();
});

// Shown again by the Back button, as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
