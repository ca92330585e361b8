// What every page needs: times in the reader's time zone, the CSRF token, and a message when a
// request fails, because htmx shows nothing then.

import { COOKIES_NEEDED, refusesCookies } from "./cookies.js";
import { csrfToken } from "./csrf.js";
import "./forms.js";
import { watchBoxes } from "./leaving.js";
import { forgetAll, forgetThose } from "../storage/mirror.js";
import { forgetRecordings, removeDue } from "../storage/recordings.js";
import { refuseForeignReplies } from "./own-reply.js";
import "./saved-note.js";
import { nameForms } from "./this-window.js";

if (window.htmx) {
  window.htmx.config.timeout = 15_000; // a request that hangs ends with a message
  document.documentElement.classList.add("scripted");
}

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
  moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
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

const sayUnreachable = () => showAlert("The site can't be reached. What you wrote is still here; please try again.");
for (const failure of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(failure, sayUnreachable);
refuseForeignReplies(sayUnreachable);
watchBoxes("#answer-form"); // the room's saver asks about its own box
nameForms();

const REASONS = {
  400: "The site could not read what was sent. What you wrote is still here.",
  403: "This page was out of date. What you wrote is still here; please press the button again.",
  404: "This was removed, or it belongs to another account. What you wrote is still here.",
  413: "This is too large to send. What you wrote is still here; please make it shorter.",
  429: "This was done very often in a short time. What you wrote is still here; please wait a minute and try again.",
};

function reasonOf(status) {
  if (status === 403 && refusesCookies()) return COOKIES_NEEDED;
  return REASONS[status] ?? "Something went wrong on our side. What you wrote is still here; please try again.";
}

const REMOVED = {
  forgotten: "This was removed from this browser, because “Forget this browser” was pressed in another tab.",
  deleted: "This attempt was deleted in another tab or window.",
  account: "This account was deleted, with all its attempts.",
};
document.addEventListener("attempt-removed", ({ detail }) => {
  const reason = REMOVED[detail] ?? REMOVED.forgotten;
  showAlert(`${reason} Nothing more is saved. What you wrote is still here; please copy it if you need it.`);
});
document.addEventListener("htmx:responseError", ({ detail }) => showAlert(reasonOf(detail.xhr.status)));

// The page of a 401 must never replace what somebody is typing.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 401) return;
  detail.shouldSwap = false;
  showAlert(refusesCookies() ? COOKIES_NEEDED : "You are logged out. What you wrote is still here.");
});

document.addEventListener("htmx:load", ({ detail }) => showTimes(detail.elt));
showTimes(document);

// Logging out sets this cookie, in the admin too: "1". Deleting an attempt names it there: "ID.ID".
const forgetAttempt = (attempt) => Promise.all([forgetThose(`${attempt}:`), forgetRecordings(`${attempt}:`)]);
const forgetEverything = () => Promise.all([forgetAll(), forgetRecordings()]);
const toForget = /(?:^|;\s*)forget-unsaved=([\w.-]+)/.exec(document.cookie)?.[1].split(".") ?? [];
if (toForget.length) {
  const forgetting = toForget.includes("1") ? [forgetEverything()] : toForget.map(forgetAttempt);
  Promise.all(forgetting).then(() => (document.cookie = "forget-unsaved=; Max-Age=0; Path=/"));
}
removeDue();
