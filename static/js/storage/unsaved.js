// The unsaved texts of answer boxes. Each box on each page has its own entry, so that no tab and no
// later page overwrites another one's text.
//
// The key of an entry: unsaved:ATTEMPT:POSITION:TAB:SINCE. A tab keeps its name when it is reloaded.

import { Entry, entriesOf, keyOf } from "./mirror.js";
import { ofTab } from "./storage.js";

const thisTab = ofTab.get("tab") ?? `${Math.random()}`.slice(2);
ofTab.set("tab", thisTab);

// The entry of one answer box. It keeps {revision, text, writer, sequence}: what the text started from,
// and the last save of its writer, so that it can be sent later as what it is.
export class UnsavedText extends Entry {
  constructor(attempt, position, changed) {
    // As text: a number of this size has no room for enough digits to tell two boxes apart.
    const since = `${Date.now()}${Math.random().toFixed(9).slice(1)}`;
    super(keyOf(`${attempt}:${position}:${thisTab}:${since}`), changed);
  }
}

// Resolves to what this browser has of one attempt, oldest first:
// [{key, position, mine, since, revision, text, writer, sequence}, …]
// mine: whether it was written in this tab.
export async function unsavedOf(attempt) {
  const entries = (await entriesOf(`${attempt}:`)).map((entry) => {
    const [, , position, tab, since] = entry.key.split(":");
    // An entry without a writer of its own, from an older version of the site.
    const writer = `${tab}-${since}`.replace(/[^\w-]/g, "").slice(-36);
    return { writer, sequence: 0, ...entry, position: Number(position), mine: tab === thisTab, since: Number(since) };
  });
  return entries.filter((entry) => entry.text?.trim()).sort((one, other) => one.since - other.since);
}
