// Only a reply of this site is an answer to a request. A proxy, or the log-in page of a network, may answer
// in its place, also with a 200, and a reply may be cut off. The site marks its own with their length. It
// never leads a script to another address, so a reply from there is no answer either.

const MARK = "X-Own-Reply";
const REMOVED = "X-Attempt-Removed";

function isWhole(mark, text) {
  return mark !== null && mark === `${new TextEncoder().encode(text).length}`;
}

// The attempt of this page was removed: page.js and removed.js listen to this. how: see attempts/owners.py.
const tellRemoved = (how) => how && document.dispatchEvent(new CustomEvent("attempt-removed", { detail: how }));

// Resolves to {status, ok, text, json}; json is null where the reply is none. Rejects if it is not ours.
export async function ownReply(response) {
  const { status, ok, headers, redirected } = response;
  const text = await response.text();
  if (redirected || !isWhole(headers.get(MARK), text)) throw new Error(`not a reply of this site (${status})`);
  tellRemoved(headers.get(REMOVED));
  const isJson = /^application\/json\b/.test(headers.get("Content-Type") ?? "");
  return { status, ok, text, json: isJson ? JSON.parse(text) : null };
}

const pathOf = (address) => new URL(address, location.href).pathname;

// htmx neither shows nor follows a reply that is not ours, and does not take it for success.
// report(detail): says so; detail is that of htmx's events.
export function refuseForeignReplies(report) {
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr, pathInfo } = event.detail;
    const isRedirected = pathOf(xhr.responseURL) !== pathOf(pathInfo.finalRequestPath);
    if (!isRedirected && isWhole(xhr.getResponseHeader(MARK), xhr.responseText)) return tellRemoved(xhr.getResponseHeader(REMOVED));
    event.preventDefault();
    event.detail.isForeign = true;
    report(event.detail);
  });
}

// Numbers of milliseconds, revisions and positions come from a reply only if they are numbers.
export const isWholeNumber = (value) => Number.isSafeInteger(value) && value >= 0;
