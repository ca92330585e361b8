// The admin's forms: this browser keeps what somebody typed and did not save, one entry for each
// address, and offers it when the form is opened again. An entry is removed when the site has saved
// the form, when the person leaves it out, and on logging out. Boxes with data-not-kept store nothing.

import { csrfToken } from "./csrf.js";
import { forgetAll } from "./unsaved.js";

const KEY = `unsaved:admin:${location.pathname}`;
const SUBMITTED = "admin-sent"; // In this tab: the entry of a form that was submitted and not answered yet.
const BOXES = "textarea:not([data-not-kept]), select:not(.admin-autocomplete), input:is([type=text], [type=number], [type=url])";
// The form's fingerprints are kept too, so that the site notices what others saved meanwhile.
const STARTED_FROM = "started_from";

function stored(storage, key, value) {
  try {
    if (value === undefined) return storage.getItem(key);
    if (value === null) return storage.removeItem(key);
    return storage.setItem(key, value);
  } catch {
    return null; // Private mode, storage full or disabled: the form works without it.
  }
}

const forget = (key) => stored(localStorage, key, null);

function forgetWhatWasSaved() {
  const submitted = stored(sessionStorage, SUBMITTED);
  if (!submitted) return;
  stored(sessionStorage, SUBMITTED, null);
  if (document.querySelector(".messagelist .success")) forget(submitted);
}

class Unsaved {
  leaving = false;

  constructor(form) {
    this.form = form;
    // A form that comes back with errors holds what was typed, and none of it is saved.
    this.refused = Boolean(form.querySelector(".errornote"));
    this.atFirst = this.values();
    this.kept = this.read();
    form.addEventListener("input", () => this.keep());
    // select2 tells only jQuery, and the slots' buttons send no input event: check again before leaving.
    addEventListener("pagehide", () => this.keep());
    addEventListener("beforeunload", (event) => {
      this.keep();
      if (!this.leaving && (this.refused || this.changes())) event.preventDefault();
    });
    if (!this.refused) this.offer();
  }

  boxes() {
    return [...this.form.querySelectorAll(BOXES)].filter((box) => box.name);
  }

  values() {
    return Object.fromEntries(this.boxes().map((box) => [box.name, box.value]));
  }

  // What differs from the form as it was loaded, by name; null if nothing does.
  changes() {
    const changed = Object.entries(this.values()).filter(([name, value]) => value !== this.atFirst[name]);
    return changed.length ? Object.fromEntries(changed) : null;
  }

  read() {
    try {
      return JSON.parse(stored(localStorage, KEY)) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    const changes = this.changes();
    if (this.leaving || (!changes && !this.kept.fields)) return;
    const fields = { ...this.kept.fields, ...changes };
    const started = this.kept.started ?? this.form.elements[STARTED_FROM]?.value;
    stored(localStorage, KEY, JSON.stringify({ fields, started, at: this.kept.at ?? Date.now() }));
  }

  offer() {
    const now = this.values();
    const boxes = this.boxes().filter(({ name }) => (this.kept.fields?.[name] ?? now[name]) !== now[name]);
    if (!boxes.length) return this.leaveOut();
    const at = new Date(this.kept.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
    const note = document.createElement("div");
    note.className = "asked-note unsaved";
    note.setAttribute("role", "status");
    const message = document.createElement("p");
    message.textContent = `You typed here on ${at} and did not save: ${boxes.map(nameOf).join(", ")}. This browser kept it.`;
    note.append(message, button("Put it back", () => this.putBack(boxes, note)), button("Leave it out", () => this.leaveOut(note)));
    this.form.prepend(note);
  }

  putBack(boxes, note) {
    for (const box of boxes) {
      box.value = this.kept.fields[box.name];
      box.closest("details")?.setAttribute("open", "");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (this.kept.started) this.form.elements[STARTED_FROM].value = this.kept.started;
    note.remove();
    boxes[0].focus();
  }

  leaveOut(note) {
    this.kept = {};
    forget(KEY);
    note?.remove();
    this.keep();
  }
}

const nameOf = (box) => (box.labels?.[0]?.textContent ?? box.name).trim().replace(/:$/, "");

function button(label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

// Before a form is submitted: is somebody still logged in? If not, it stays, with a message.
function checkBeforeSubmitting(form, unsaved) {
  const alert = document.createElement("p");
  alert.setAttribute("role", "alert");
  form.append(alert);
  const stay = (html) => {
    alert.className = "errornote";
    alert.innerHTML = html;
  };
  let loggedIn = false;
  let checking = false; // A double click submits once.
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.formTarget === "_blank") return setToken(form);
    if (loggedIn) {
      unsaved.keep();
      unsaved.leaving = true;
      stored(sessionStorage, SUBMITTED, KEY);
      return setToken(form);
    }
    event.preventDefault();
    if (checking) return;
    checking = true;
    const { submitter } = event;
    const response = await fetch(location.href, { headers: { "X-Page-Script": "1" } }).catch(() => null);
    checking = false;
    if (!response) return stay("The site can't be reached. Your text is still here. Please try again.");
    if (response.status === 401) return stay(await response.text());
    loggedIn = true;
    form.requestSubmit(submitter);
  });
}

function setToken(form) {
  const token = csrfToken();
  if (token) form.elements.csrfmiddlewaretoken.value = token;
}

forgetWhatWasSaved();
document.getElementById("logout-form")?.addEventListener("submit", forgetAll);
const form = document.querySelector("#content-main > form[id$=_form]");
if (form?.querySelector(".submit-row input[type=submit]")) checkBeforeSubmitting(form, new Unsaved(form));
