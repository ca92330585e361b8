// The requests of the room's buttons. While one is on its way that replaces the room, the box is
// locked, because what is typed into it would be lost, and no button acts. Where no reply of the
// server came, it may still have done what it was asked; then this lasts until it has been asked.

import { hold } from "../page/seen.js";

const replacesRoom = ({ target }) => target?.id === "room";
const isLoggedOut = ({ status }) => status === 401 || status === 403;
const isUnknown = ({ isForeign, xhr }) => isForeign || xhr.status === 0 || xhr.status >= 500;

export class Requests {
  #release = null; // ends the hold of the room's buttons
  #wasOnline = true;
  isUnknown = false; // whether the server may be elsewhere by now

  // saver(): of the box, or null.
  // on: {locked(), loggedOut(button), known(), unknown()}
  constructor(saver, on) {
    Object.assign(this, { saver, on });
    document.addEventListener("htmx:configRequest", ({ detail }) => detail.verb === "post" && this.#send(detail));
    // Before the reply is followed to another page, which would ask about a text that seems unsaved.
    document.addEventListener("htmx:beforeOnLoad", ({ defaultPrevented, detail }) => {
      if (!defaultPrevented) saver()?.tookFromButton(detail.xhr.getResponseHeader("X-Have-Text"));
    });
    document.addEventListener("htmx:beforeSwap", ({ detail }) => {
      // A reply that comes after the page has moved on must not replace what is written there.
      if (replacesRoom(detail) && !detail.requestConfig.elt.isConnected) detail.shouldSwap = false;
    });
    document.addEventListener("htmx:afterRequest", ({ detail }) => this.#replied(detail));
  }

  // Whether the box is to take no text.
  get isLocked() {
    return this.#release !== null;
  }

  get isOnItsWay() {
    return this.isLocked && !this.isUnknown;
  }

  unlock() {
    this.#release?.();
    this.#release = null;
    this.isUnknown = false;
    this.on.locked();
  }

  #send(detail) {
    const saver = this.saver();
    this.#wasOnline = navigator.onLine;
    if (saver) Object.assign(detail.parameters, saver.answer.press());
    if (!replacesRoom(detail)) return;
    this.#release ??= hold(document.getElementById("room"));
    this.on.locked();
  }

  #replied(detail) {
    if (isLoggedOut(detail.xhr) && !detail.isForeign) this.on.loggedOut(detail.elt);
    else if (!isUnknown(detail)) this.on.known();
    if (detail.isForeign) this.saver()?.flush("auto");
    if (detail.requestConfig.verb !== "post") return;
    if (isUnknown(detail) && this.#wasOnline) {
      this.isUnknown = true;
      this.on.unknown();
    } else if (replacesRoom(detail) && !detail.xhr.getResponseHeader("HX-Redirect")) {
      this.unlock();
    }
  }
}
