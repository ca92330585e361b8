// Recordings of a voice are in this browser alone. Each is a head, and a part for about each second of it:
// a crash loses no more than the last ones. Both are written in one transaction, and only while the head is
// there, so that a recording that was deleted in another tab does not come back.
//
// Their keys: head:ATTEMPT:POSITION:NAME and part:ATTEMPT:POSITION:NAME:NUMBER.

import { due, oldestOf } from "./recording-rules.js";
import { ofBrowser, recordings as database } from "./storage.js";

const HEAD = "head:";
const MARK = "recordings"; // this browser may have some: other pages then look which are due

const partsPrefix = (head) => `part:${head.key.slice(HEAD.length)}:`;

// A recording that is being made. Its name is like no other, so that no tab overwrites another's.
export class NewRecording {
  #parts = 0;

  constructor(attempt, position, type) {
    const name = `${Date.now()}${Math.random().toFixed(9).slice(1)}`;
    this.head = { key: `${HEAD}${attempt}:${position}:${name}`, type, at: Date.now(), milliseconds: 0, bytes: 0 };
  }

  // Resolves to whether this browser takes a recording.
  begin() {
    ofBrowser.set(MARK, "yes");
    return database.put(this.head);
  }

  // sound: an ArrayBuffer. milliseconds: how long the recording is with it.
  // Resolves to "stored", "gone" (somebody has deleted the recording) or "refused".
  async add(sound, milliseconds) {
    const head = { ...this.head, milliseconds, bytes: this.head.bytes + sound.byteLength };
    const key = `${partsPrefix(head)}${String(this.#parts).padStart(6, "0")}`;
    const outcome = await database.putBeside(head.key, [head, { key, sound }]);
    if (outcome !== "stored") return outcome;
    this.#parts += 1;
    this.head = head;
    return outcome;
  }
}

// Why this browser has just refused to store: the name of the error, such as "QuotaExceededError".
export const refusal = () => database.refusal;

// Resolves to the heads of an attempt's recordings of one position, or of all, oldest first.
export async function recordingsOf(attempt, position) {
  const heads = await database.entries(HEAD + (attempt ? `${attempt}:` : "") + (position ? `${position}:` : ""));
  return heads.filter(({ bytes }) => bytes > 0).sort((one, other) => one.at - other.at);
}

export const allRecordings = () => recordingsOf("");

// Resolves to a Blob.
export async function soundOf(head) {
  const parts = await database.entries(partsPrefix(head)); // in the order of their keys
  return new Blob(parts.map(({ sound }) => sound), { type: head.type });
}

// The head goes first: who records goes no further then.
export async function removeRecording(head) {
  const isGone = await database.remove(head.key);
  return (await database.removeAll(partsPrefix(head))) && isGone;
}

// Deletes the oldest recording but this one. Resolves to whether there was one.
export async function makeRoom(besides) {
  const oldest = oldestOf((await allRecordings()).filter(({ key }) => key !== besides.key));
  return oldest !== null && removeRecording(oldest);
}

// prefix: "ATTEMPT:", or nothing for all. Resolves to whether nothing of them is left.
export async function forgetRecordings(prefix = "") {
  if (!prefix) ofBrowser.remove(MARK);
  const isGone = await database.removeAll(HEAD + prefix);
  return (await database.removeAll(`part:${prefix}`)) && isGone;
}

export async function removeDue(now = Date.now()) {
  if (!ofBrowser.get(MARK)) return;
  for (const head of due(await database.entries(HEAD), now)) await removeRecording(head);
}
