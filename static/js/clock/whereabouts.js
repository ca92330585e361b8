// Asks the server where the attempt is now.

import { isWholeNumber, ownReply } from "../page/own-reply.js";
import { thisWindow } from "../page/this-window.js";

const TIMEOUT = 10_000;

// Resolves to {running, position, left, limit, closes, url}, times in milliseconds; to null if the
// page is logged out. Rejects if there is no such answer.
export async function askWhere(clockUrl) {
  const response = await fetch(clockUrl, {
    headers: { "X-Page-Script": "1", "X-Window": thisWindow },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const reply = await ownReply(response);
  if (reply.status === 401) return null;
  if (reply.json?.removed) return new Promise(() => {}); // it was removed: there is nothing to follow
  if (!isState(reply.json)) throw new Error(`no state of the clock (${reply.status})`);
  return reply.json;
}

function isState(json) {
  const isTime = (value) => value === null || Number.isFinite(value);
  if (json?.running === false) return typeof json.url === "string";
  return json?.running === true && isWholeNumber(json.position) && [json.left, json.limit, json.closes].every(isTime);
}
