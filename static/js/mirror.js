// Text that the server has not got yet, kept in this browser. Each box on a page has an entry of
// its own, so that no tab and no later page writes over another one's. An entry goes when the
// server has its text, when the person leaves it out, and on logging out.
//
// Its key: unsaved:ATTEMPT:POSITION:TAB:SINCE. A tab keeps its name when it is loaded again.

import { option } from "./options.js";

const PREFIX = "unsaved:";

function guarded(action) {
  try {
    return action();
  } catch {
    return null; // private mode, storage full or switched off: the page works without
  }
}

const tab = guarded(() => (sessionStorage.tab ??= `${Math.random()}`.slice(2))) ?? "unnamed";

export class Mirror {
  constructor(attempt, position) {
    this.key = `${PREFIX}${attempt}:${position}:${tab}:${Date.now() + Math.random()}`;
  }

  // Whether it is kept. revision: of the answer that the text started from.
  remember(revision, text) {
    if (!option("mirror")) return false;
    return guarded(() => {
      localStorage.setItem(this.key, JSON.stringify({ revision, text }));
      return true;
    }) ?? false;
  }

  forget() {
    forget(this.key);
  }
}

export function forget(key) {
  guarded(() => localStorage.removeItem(key));
}

// What is left of one attempt, oldest first: [{key, position, mine, revision, text}, …]
// mine: written in this tab.
export function leftOf(attempt) {
  const found = keys(`${PREFIX}${attempt}:`).map((key) => {
    const [, , position, from, since] = key.split(":");
    const kept = guarded(() => JSON.parse(localStorage.getItem(key)));
    return { key, position: Number(position), mine: from === tab, since: Number(since), ...kept };
  });
  return found.filter((entry) => entry.text?.trim()).sort((one, other) => one.since - other.since);
}

export function forgetAll() {
  for (const key of keys(PREFIX)) forget(key);
}

function keys(prefix) {
  return guarded(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];
}
