// The admin's forms: what somebody typed and did not save is kept in this browser, an entry for
// each address, and is offered back when the form is opened again. An entry goes when the site
// has saved the form, when the person leaves it out, and on logging out.

import { csrfToken } from "./csrf.js";
import { forgetAll } from "./unsaved.js";

const KEY = `unsaved:admin:${location.pathname}`;
const SENT = "admin-sent"; // of this tab: whose form was sent and not answered yet
const BOXES = "textarea, select:not(.admin-autocomplete), input:is([type=text], [type=number], [type=url])";
// What the form was made from goes along, so that the site sees who changed what meanwhile.
const STARTED = "started_from";

function stored(storage, key, value) {
  try {
    if (value === undefined) return storage.getItem(key);
    if (value === null) return storage.removeItem(key);
    return storage.setItem(key, value);
  } catch {
    return null; // private mode, storage full or switched off: the form works without
  }
}

const forget = (key) => stored(localStorage, key, null);

function forgetWhatWasSaved() {
  const sent = stored(sessionStorage, SENT);
  if (!sent) return;
  stored(sessionStorage, SENT, null);
  if (document.querySelector(".messagelist .success")) forget(sent);
}

class Unsaved {
  leaving = false;

  constructor(form) {
    this.form = form;
    // A form that comes back with mistakes holds what was typed, and nothing of it is saved.
    this.refused = Boolean(form.querySelector(".errornote"));
    this.atFirst = this.values();
    this.kept = this.read();
    form.addEventListener("input", () => this.keep());
    // select2 and the slots' buttons tell jQuery alone, or nobody: look again before leaving.
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

  // What differs from the form as it came, by name; null when nothing does.
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
    const started = this.kept.started ?? this.form.elements[STARTED]?.value;
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
    const words = document.createElement("p");
    words.textContent = `This browser has what you typed here on ${at} and did not save: ${boxes.map(nameOf).join(", ")}.`;
    note.append(words, button("Put it back", () => this.putBack(boxes, note)), button("Leave it out", () => this.leaveOut(note)));
    this.form.prepend(note);
  }

  putBack(boxes, note) {
    for (const box of boxes) {
      box.value = this.kept.fields[box.name];
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (this.kept.started) this.form.elements[STARTED].value = this.kept.started;
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

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

// Before a form goes: is somebody still signed in, and is there a token? Else it stays, with words.
function checkBeforeSending(form, unsaved) {
  const alert = document.createElement("p");
  alert.setAttribute("role", "alert");
  form.append(alert);
  const stay = (words) => {
    alert.className = "errornote";
    alert.innerHTML = words;
  };
  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.formTarget === "_blank") return setToken(form);
    if (sure) {
      unsaved.keep();
      unsaved.leaving = true;
      stored(sessionStorage, SENT, KEY);
      return setToken(form);
    }
    event.preventDefault();
    const { submitter } = event;
    const asked = await fetch(location.href, { headers: { "X-Page-Script": "1" } }).catch(() => null);
    if (!asked) return stay("The site can't be reached. Your text stays here; please try again.");
    if (asked.status === 401) return stay(await asked.text());
    sure = true;
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
if (form?.querySelector(".submit-row input[type=submit]")) checkBeforeSending(form, new Unsaved(form));
