// What the status line says of a text. It claims a copy in this browser only while there is one.

const CALM = 500; // after the last key, so that the line does not flicker with each of them

const TIME_OF_DAY = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

// What it says of a text that the server does not have. isKept: whether this browser has it.
export function notSavedMessage({ isOnline, isKept }) {
  if (!isOnline) return isKept ? "Offline: kept in this browser, sent when you are back" : "Offline: sent when you are back";
  return isKept ? "Not saved yet: retrying (kept in this browser)" : "Not saved yet: retrying";
}

export class SaveStatus {
  #notSaved = null; // {isOnline}, while the line says that the server does not have the text
  #isClaimed = false;

  // show(state, message). isKept(): whether this browser has the text as it is now.
  constructor(show, isKept) {
    this.show = show;
    this.isKept = isKept;
  }

  say(state, message) {
    clearTimeout(this.calm);
    this.#notSaved = null;
    this.show(state, message);
  }

  saySaved() {
    this.say("saved", `Saved ${TIME_OF_DAY.format(new Date())}`);
  }

  sayNotSaved({ isOnline = navigator.onLine } = {}) {
    const isKept = this.isKept();
    clearTimeout(this.calm);
    this.#notSaved = { isOnline };
    this.#isClaimed = isKept;
    this.show(isOnline ? "unsaved" : "offline", notSavedMessage({ isOnline, isKept }));
  }

  // There is more text, or it was kept or refused.
  changed() {
    if (!this.#notSaved) return;
    clearTimeout(this.calm);
    if (this.#isClaimed && !this.isKept()) this.sayNotSaved(this.#notSaved);
    else this.calm = setTimeout(() => this.sayNotSaved(this.#notSaved), CALM);
  }

  leave() {
    clearTimeout(this.calm);
    this.#notSaved = null;
  }
}
