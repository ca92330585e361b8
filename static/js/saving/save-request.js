// One request that saves a text, and what its reply means.

import { csrfToken } from "../page/csrf.js";
import { ownReply } from "../page/own-reply.js";
import { TOO_LARGE, meaningOf, receiptOf } from "./save-reply.js";

const TIMEOUT = 10_000;
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse more

// form: #answer-form with writer and sequence of this save. Resolves to {meaning, result}: see
// save-reply.js, and the values of the reply. Without a meaning there was no answer.
export async function requestSave(form, url, text, cause) {
  const { writer, sequence } = form.elements;
  const receipt = receiptOf(writer.value, sequence.value, text);
  try {
    const response = await post(form, url, text, cause);
    if (response.status === TOO_LARGE) return { meaning: "refused" };
    const reply = await ownReply(response);
    return { meaning: meaningOf(reply, receipt), result: reply.json };
  } catch {
    return {};
  }
}

function post(form, url, text, cause) {
  const body = new FormData(form);
  body.set("text", text);
  body.set("cause", cause);
  body.delete("csrfmiddlewaretoken"); // the header below is newer
  const encoded = new URLSearchParams(body); // the server reads it in a seventh of the time
  return fetch(url, {
    method: "POST",
    body: `${encoded}`.length < KEEPALIVE_LIMIT ? encoded : body,
    headers: { "X-CSRFToken": csrfToken(), "X-Page-Script": "1" },
    // The page may be left while this is on its way.
    keepalive: new Blob([text]).size < KEEPALIVE_LIMIT,
    signal: AbortSignal.timeout(TIMEOUT),
    redirect: "error",
  });
}
