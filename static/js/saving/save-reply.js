// What a reply to a save means. The site names the text that it has: by its writer, the number of the save
// and its length. So the reply to another save, or to a part of this one, is no answer to it.

import { isWholeNumber } from "../page/own-reply.js";

const STORED = ["accepted", "already", "not-emptied"];
export const TOO_LARGE = 413; // a proxy says so in the site's place

// The text in characters as the site counts them: without NUL, and a line end is one.
export function receiptOf(writer, sequence, text) {
  const stored = text.replaceAll("\0", "").replace(/\r\n?/g, "\n");
  return `${writer}:${sequence}:${[...stored].length}`;
}

// reply: {status, json} of the site. Returns "stored", "conflict", "late" (the server has the text),
// "refused" or "not-yours" (it would not take it again), "logged-out" or "outdated" (it would not take it
// yet), "removed" (the attempt is gone from this browser), or null: no answer, to be tried again.
export function meaningOf({ status, json }, receipt) {
  if (json?.has === receipt && isWholeNumber(json.revision)) {
    const isBoolean = typeof json.running === "boolean" && typeof json.open === "boolean";
    if (status === 200 && STORED.includes(json.verdict) && isBoolean) return "stored";
    if (status === 409 && json.verdict === "conflict" && typeof json.stored === "string") return "conflict";
    if (status === 410 && json.verdict === "late") return "late";
  }
  if (status === 401) return "logged-out";
  if (status === 403) return "outdated";
  if (status === 422 && typeof json?.message === "string") return "refused";
  if (status === 400 || status === TOO_LARGE) return "refused";
  if (status === 410 && json?.removed === true) return "removed";
  return status === 404 ? "not-yours" : null;
}

export const hasText = (meaning) => ["stored", "conflict", "late"].includes(meaning);
