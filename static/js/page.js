// What every page needs: times in the reader's time zone, the CSRF token, and a message when a
// request fails, because htmx shows nothing then.

import { csrfToken } from "./csrf.js";
import "./forms.js";
import { forgetAll } from "./unsaved.js";

if (window.htmx) {
  window.htmx.config.timeout = 15_000; // a request that hangs ends with a message
  document.documentElement.classList.add("scripted");
}

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
};

export function showTimes(root) {
  for (const element of root.querySelectorAll("time[data-show]")) {
    const format = new Intl.DateTimeFormat(undefined, FORMATS[element.dataset.show]);
    element.textContent = format.format(new Date(element.dateTime));
  }
}

// message: "" hides the alert.
export function showAlert(message) {
  const alert = document.getElementById("alert");
  alert.textContent = message;
  alert.hidden = !message;
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = csrfToken();
  if (!token) return;
  detail.headers["X-CSRFToken"] = token;
  // Django reads the form's field before the header. ("in" does not work on htmx's parameters.)
  if (detail.verb !== "get") detail.parameters.csrfmiddlewaretoken = token;
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  // htmx calls a 401 successful too, because its answer may be shown.
  if (detail.successful && detail.xhr.status < 400) showAlert("");
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () =>
    showAlert("The site can't be reached. What you wrote is still here; please try again."),
  );
}

const REASONS = {
  400: "The site could not read what was sent. What you wrote is still here.",
  403: "This page was out of date. What you wrote is still here; please press the button again.",
  404: "This was removed, or it belongs to another account. What you wrote is still here.",
};

document.addEventListener("htmx:responseError", ({ detail }) =>
  showAlert(REASONS[detail.xhr.status] ?? "Something went wrong on our side. What you wrote is still here; please try again."),
);

// The page of a 401 must never replace what somebody is typing.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 401) return;
  detail.shouldSwap = false;
  showAlert("You are logged out. What you wrote is still here.");
});

document.addEventListener("htmx:load", ({ detail }) => showTimes(detail.elt));
showTimes(document);

// Logging out sets this cookie, in the admin too.
if (/(?:^|;\s*)forget-unsaved=/.test(document.cookie)) {
  forgetAll();
  document.cookie = "forget-unsaved=; Max-Age=0; Path=/";
}
