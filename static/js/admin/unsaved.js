// The admin's forms: this browser keeps what somebody typed and did not save, an entry for each page that
// was opened, and offers it when the form is opened again. An entry is removed when the site has saved the
// form, when the person leaves it out, and on logging out. Boxes with data-not-kept store nothing.

import { csrfToken } from "../page/csrf.js";
import { askBeforeLeaving, watchBoxes } from "../page/leaving.js";
import { Entry, entriesOf, forget, forgetAll, keyOf } from "../storage/mirror.js";
import { ownReply } from "../page/own-reply.js";
import { ofTab } from "../storage/storage.js";

const PLACE = `admin:${location.pathname}`;
const LOOK_EVERY = 1_000;
const STILL_HERE = 10_000; // a page that has not gone by then stays
const BOXES = "textarea:not([data-not-kept]), select:not(.admin-autocomplete), input:is([type=text], [type=number], [type=url])";
// The form's fingerprints are kept too, so that the site notices what others saved meanwhile.
const STARTED_FROM = "started_from";
// The entry of a form that was submitted in this tab. The site names it in a cookie when it has saved it.
const SUBMITTED = "admin-sent";

// Returns the key of an entry that was submitted and that the site did not confirm.
function forgetWhatWasSaved() {
  const key = ofTab.get(SUBMITTED);
  const saved = document.cookie.match(/(?:^|;\s*)admin-saved=([^;]+)/)?.[1];
  if (!key || !saved || !key.endsWith(`:${saved}`)) return key;
  ofTab.remove(SUBMITTED);
  document.cookie = "admin-saved=; Max-Age=0; Path=/";
  forget(key);
  return null;
}

class Unsaved {
  leaving = false;
  kept = {};

  // submitted: the key of an entry that the site has not confirmed.
  constructor(form, submitted) {
    this.form = form;
    // A form that comes back with errors holds what was typed, and none of it is saved.
    this.refused = Boolean(form.querySelector(".errornote"));
    this.name = `${Math.random()}`.slice(2) + Date.now();
    this.entry = new Entry((this.refused && submitted) || keyOf(`${PLACE}:${this.name}`));
    this.name = this.entry.key.split(":").at(-1);
    this.atFirst = this.values();
    form.addEventListener("input", () => this.keep());
    // Extensions, select2 and the slots' buttons send no input event.
    setInterval(() => this.keep(), LOOK_EVERY);
    addEventListener("pagehide", () => this.keepAtOnce());
    askBeforeLeaving(() => {
      this.keepAtOnce();
      return !this.leaving && Boolean(this.refused || this.changes());
    });
    this.read();
  }

  async read() {
    const entries = await entriesOf(PLACE);
    const ofForm = entries.filter(({ key }) => key === keyOf(PLACE) || key.startsWith(keyOf(`${PLACE}:`)));
    this.kept = ofForm.find(({ key }) => key === this.entry.key) ?? {};
    this.isRead = true;
    this.keep();
    if (this.refused) return;
    for (const entry of ofForm.sort((one, other) => one.at - other.at)) {
      if (entry.key !== this.entry.key) this.offer(entry);
    }
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

  // Resolves to whether the text is kept.
  async keep() {
    const fields = { ...this.kept.fields, ...this.changes() };
    const seen = JSON.stringify(fields);
    if (!this.isRead || this.leaving) return false;
    if (seen === this.seen) return this.keeping;
    this.seen = seen;
    if (seen === "{}") this.keeping = this.entry.forget();
    else this.keeping = this.entry.keep({ fields, started: this.form.elements[STARTED_FROM]?.value });
    return this.keeping;
  }

  keepAtOnce() {
    this.keep();
    this.entry.keepAtOnce();
  }

  offer(entry) {
    const now = this.values();
    const boxes = this.boxes().filter(({ name }) => (entry.fields?.[name] ?? now[name]) !== now[name]);
    if (!boxes.length) return forget(entry.key);
    const at = new Date(entry.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
    const note = document.createElement("div");
    note.className = "asked-note unsaved";
    note.setAttribute("role", "status");
    const message = document.createElement("p");
    message.textContent = `You typed here on ${at} and did not save: ${boxes.map(nameOf).join(", ")}. This browser kept it.`;
    const leaveOut = () => (forget(entry.key), note.remove());
    note.append(message, button("Put it back", () => this.putBack(entry, boxes, note)), button("Leave it out", leaveOut));
    this.form.prepend(note);
  }

  putBack(entry, boxes, note) {
    if (entry.started) this.form.elements[STARTED_FROM].value = entry.started;
    for (const box of boxes) {
      box.value = entry.fields[box.name];
      box.closest("details")?.setAttribute("open", "");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    // Its text is in the entry of this page by then.
    this.keep().then((isKept) => isKept && forget(entry.key));
    note.remove();
    boxes[0].focus();
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
      unsaved.keepAtOnce();
      unsaved.leaving = true;
      ofTab.set(SUBMITTED, unsaved.entry.key);
      setField(form, "unsaved_entry", unsaved.name);
      setTimeout(() => (unsaved.leaving = loggedIn = false), STILL_HERE);
      return setToken(form);
    }
    event.preventDefault();
    if (checking) return;
    checking = true;
    const { submitter } = event;
    const reply = await fetch(location.href, { headers: { "X-Page-Script": "1" } }).then(ownReply).catch(() => null);
    checking = false;
    if (!reply) return stay("The site can't be reached. Your text is still here. Please try again.");
    // Nobody is logged in, or what the form is about was deleted meanwhile.
    if (reply.status === 401 || reply.status === 410) return stay(reply.text);
    loggedIn = true;
    form.requestSubmit(submitter);
  });
}

function setToken(form) {
  const token = csrfToken();
  if (token) form.elements.csrfmiddlewaretoken.value = token;
}

function setField(form, name, value) {
  const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

const submitted = forgetWhatWasSaved();
document.getElementById("logout-form")?.addEventListener("submit", () => forgetAll());
const form = document.querySelector("#content-main > form[id$=_form]");
const isKept = form?.querySelector(".submit-row input[type=submit]");
if (isKept) checkBeforeSubmitting(form, new Unsaved(form, submitted));
watchBoxes(isKept ? `#${form.id}` : "#none"); // the boxes of the admin's other pages
