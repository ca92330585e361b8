// Text that the server does not have is kept in this browser, an entry for each box or form. An entry
// is removed when the server has its text, when the person leaves it out, and on logging out.
//
// It counts as kept when the database has it on the disk. A page that is left has no time for that: what
// is not on the way to the disk is stored at once, and moves into the database when a page reads it.

import { option } from "./options.js";
import { database, ofBrowser } from "./storage.js";

const PREFIX = "unsaved:";

let timesForgotten = 0;

export class Entry {
  #wanted = null; // what this browser should have; null: nothing
  #onDisk = null; // what it has; undefined: not known
  #writing = null;
  #timesForgotten = timesForgotten;

  // changed(): called when text has been kept or refused.
  constructor(key, changed = () => {}) {
    this.key = key;
    this.changed = changed;
  }

  get isKept() {
    const isCurrent = this.#timesForgotten === timesForgotten && option("mirror");
    return isCurrent && this.#wanted !== null && this.#wanted === this.#onDisk;
  }

  // values: an object. Resolves, when it or a later one was written, to whether it is kept, or need not be.
  keep(values) {
    const at = performance.timeOrigin + performance.now(); // the later state of one entry counts
    this.#wanted = { ...values, key: this.key, at };
    if (this.#writing) this.keepAtOnce(); // it waits, and the tab may crash meanwhile
    return this.#write();
  }

  forget() {
    this.#wanted = null;
    ofBrowser.remove(this.key);
    return this.#write();
  }

  // For a page that may be gone before the disk has the text. Returns whether this browser has the text now, or need not.
  keepAtOnce() {
    if (this.#wanted === null || this.isKept) return true;
    return option("mirror") && ofBrowser.set(this.key, JSON.stringify(this.#wanted));
  }

  #write() {
    return (this.#writing ??= this.#writeAll());
  }

  // One transaction at a time, until the disk has what is wanted now.
  async #writeAll() {
    await null; // #writing is set by now
    while (this.#wanted !== this.#onDisk) {
      const wanted = this.#wanted;
      this.#timesForgotten = timesForgotten;
      const isDone = wanted ? option("mirror") && (await database.put(wanted)) : await database.remove(this.key);
      this.#onDisk = isDone ? wanted : undefined;
      if (this.#wanted !== wanted) continue;
      if (isDone) ofBrowser.remove(this.key);
      else this.keepAtOnce(); // better than nothing
      this.changed();
      if (!isDone) break;
    }
    this.#writing = null;
    return this.#wanted === null || this.isKept;
  }
}

// Resolves to what this browser has under keys that begin with `prefix`: [{key, …values}, …]
export async function entriesOf(prefix) {
  const entries = new Map((await database.entries(PREFIX + prefix)).map((entry) => [entry.key, entry]));
  for (const key of ofBrowser.keys(PREFIX + prefix)) {
    const stored = ofBrowser.get(key);
    const left = parsed(stored);
    if (!left) continue;
    const isOlder = entries.has(key) && entries.get(key).at > (left.at ?? 0);
    if (!isOlder) entries.set(key, { ...left, key });
    database.put(entries.get(key)).then((isDone) => {
      if (isDone && ofBrowser.get(key) === stored) ofBrowser.remove(key);
    });
  }
  return [...entries.values()];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const keyOf = (name) => PREFIX + name;

export function forget(key) {
  ofBrowser.remove(key);
  return database.remove(key);
}

// For pages that keep no text any more. As forgetThose(); without a prefix, everything.
export function forgetAll(prefix = "") {
  timesForgotten += 1;
  return forgetThose(prefix);
}

// prefix: of the names that are forgotten, such as "ATTEMPT:". Resolves to whether nothing of them is left.
export function forgetThose(prefix) {
  for (const key of ofBrowser.keys(PREFIX + prefix)) ofBrowser.remove(key);
  return database.removeAll(PREFIX + prefix);
}
