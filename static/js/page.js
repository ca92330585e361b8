// What every page needs: times in the reader's own zone, the CSRF token, and words when a
// request fails. htmx by itself says nothing when that happens.

import { csrfToken } from "./csrf.js";
import "./forms.js";
import { forgetAll } from "./mirror.js";

if (window.htmx) {
  window.htmx.config.timeout = 15_000; // a request that hangs ends in words, not in silence
  document.documentElement.classList.add("scripted");
}

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
};

export function showTimes(root) {
  for (const element of root.querySelectorAll("time[data-show]")) {
    const format = new Intl.DateTimeFormat(undefined, FORMATS[element.dataset.show]);
    element.textContent = format.format(new Date(element.dateTime));
  }
}

export function alertWith(words) {
  const alert = document.getElementById("alert");
  alert.textContent = words;
  alert.hidden = !words;
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = csrfToken();
  if (!token) return;
  detail.headers["X-CSRFToken"] = token;
  // Django looks at the form's field first. ("in" does not work on htmx's parameters.)
  if (detail.verb !== "get") detail.parameters.csrfmiddlewaretoken = token;
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) alertWith("");
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () =>
    alertWith("The site can't be reached. What you wrote is still here; please try again."),
  );
}

const REASONS = {
  400: "The site could not read what was sent. What you wrote is still here.",
  403: "Your sign-in was renewed meanwhile. What you wrote is still here: please press again.",
  404: "This is not here any more, or belongs to another sign-in. What you wrote is still here.",
};

document.addEventListener("htmx:responseError", ({ detail }) =>
  alertWith(REASONS[detail.xhr.status] ?? "Something went wrong here. What you wrote is still here; please try again."),
);

// A 401 or a failed form must never be swapped in where somebody is typing.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 401) return;
  detail.shouldSwap = false;
  alertWith("You are signed out. What you wrote is still here.");
});

document.addEventListener("htmx:load", ({ detail }) => showTimes(detail.elt));
showTimes(document);

// Set by logging out, in the admin too, whose pages have no script of ours.
if (/(?:^|;\s*)forget-unsaved=/.test(document.cookie)) {
  forgetAll();
  document.cookie = "forget-unsaved=; Max-Age=0; Path=/";
}
