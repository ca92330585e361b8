// Text that the server does not have yet is kept in this browser. Each answer box on each page has
// its own entry, so that no tab and no later page overwrites another one's text. An entry is
// removed when the server has its text, when the person leaves it out, and on logging out.
//
// The key of an entry: unsaved:ATTEMPT:POSITION:TAB:SINCE. A tab keeps its name when it is reloaded.

import { option } from "./options.js";

const PREFIX = "unsaved:";

// null where the browser refuses: private mode, storage full or switched off. The page works without.
function guarded(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

const thisTab = guarded(() => (sessionStorage.tab ??= `${Math.random()}`.slice(2))) ?? "unnamed";

// The entry of one answer box.
export class UnsavedText {
  constructor(attempt, position) {
    // As text: a number of this size has no room for enough digits to tell two boxes apart.
    const since = `${Date.now()}${Math.random().toFixed(9).slice(1)}`;
    this.key = `${PREFIX}${attempt}:${position}:${thisTab}:${since}`;
  }

  // revision: of the answer that the text started from. Returns whether the text is kept.
  keep(revision, text) {
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

// What this browser has of one attempt, oldest first: [{key, position, mine, since, revision, text}, …]
// mine: whether it was written in this tab.
export function unsavedOf(attempt) {
  const entries = keysWith(`${PREFIX}${attempt}:`).map((key) => {
    const [, , position, tab, since] = key.split(":");
    const kept = guarded(() => JSON.parse(localStorage.getItem(key)));
    return { key, position: Number(position), mine: tab === thisTab, since: Number(since), ...kept };
  });
  return entries.filter((entry) => entry.text?.trim()).sort((one, other) => one.since - other.since);
}

export function forgetAll() {
  for (const key of keysWith(PREFIX)) forget(key);
}

function keysWith(prefix) {
  return guarded(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];
}
