// htmx in the admin: requests carry the current CSRF cookie, and a failed one is reported on the
// page. (For somebody who is logged out the site itself answers with a message.)

import { refusesCookies } from "../page/cookies.js";
import { csrfToken } from "../page/csrf.js";
import { refuseForeignReplies } from "../page/own-reply.js";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = csrfToken();
  if (!token || detail.verb === "get") return;
  detail.headers["X-CSRFToken"] = token;
  // Django reads the form's field first.
  detail.parameters.csrfmiddlewaretoken = token;
});

function report(target, message) {
  if (target.textContent === message) return; // A screen reader need not read it again.
  const note = document.createElement("p");
  note.className = "errornote";
  note.setAttribute("role", "alert");
  note.textContent = message;
  target.replaceChildren(note);
}

const sayUnreachable = ({ target }) => report(target, "The site can't be reached. Your text is still here.");

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ detail }) => sayUnreachable(detail));
}
refuseForeignReplies(sayUnreachable);

function reasonOf(status) {
  if (status === 403 && refusesCookies()) return "Allow the cookies of this site, then try again. Your text is still here.";
  if (status === 429) return "This was done very often in a short time. Wait a minute and try again. Your text is still here.";
  return "This could not be loaded. Your text is still here.";
}

document.addEventListener("htmx:responseError", ({ detail }) =>
  report(detail.target, reasonOf(detail.xhr.status)),
);
