// What htmx asks in the admin: with the CSRF cookie of now, and in words when it fails. (That
// somebody is signed out, the site says itself in place of what was asked.)

import { csrfToken } from "./csrf.js";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = csrfToken();
  if (!token || detail.verb === "get") return;
  detail.headers["X-CSRFToken"] = token;
  // Django looks at the form's field first.
  detail.parameters.csrfmiddlewaretoken = token;
});

function sayIn(target, words) {
  if (target.textContent === words) return; // a screen reader need not hear it again
  const said = document.createElement("p");
  said.className = "errornote";
  said.setAttribute("role", "alert");
  said.textContent = words;
  target.replaceChildren(said);
}

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ detail }) =>
    sayIn(detail.target, "The site can't be reached. Your text stays here."),
  );
}

document.addEventListener("htmx:responseError", ({ detail }) =>
  sayIn(detail.target, "This could not be shown. Your text stays here."),
);
