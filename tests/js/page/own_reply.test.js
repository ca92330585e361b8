import assert from "node:assert/strict";
import { test } from "node:test";

import { define, ownReply as reply } from "../fakes.js";
import { isWholeNumber, ownReply, refuseForeignReplies } from "../../../static/js/page/own-reply.js";

define("location", { href: "http://here/" });

test("a reply of ours is read, with its JSON if it is that", async () => {
  const { status, ok, json } = await ownReply(reply(200, { says: "é, 漢, 😀" }));
  assert.deepEqual([status, ok, json], [200, true, { says: "é, 漢, 😀" }]);
  const page = await ownReply(reply(401, "<p>Log in"));
  assert.deepEqual([page.status, page.ok, page.text, page.json], [401, false, "<p>Log in", null]);
});

const json = { "Content-Type": "application/json" };
const FOREIGN = {
  "a page without our mark": new Response("<h1>Maintenance", { headers: { "Content-Type": "text/html" } }),
  "JSON without our mark": new Response('{"verdict":"accepted"}', { headers: json }),
  "a reply without a body": new Response("", { headers: { ...json, "X-Own-Reply": "22" } }),
  "a reply that was cut off": new Response('{"verdict":', { headers: { ...json, "X-Own-Reply": "22" } }),
  "a reply that grew on its way": new Response("{} <script>", { headers: { ...json, "X-Own-Reply": "2" } }),
  "a mark that is no number": new Response("", { headers: { ...json, "X-Own-Reply": "" } }),
  "a reply of ours from another address": Object.defineProperty(reply(200), "redirected", { value: true }),
  "JSON that is none": new Response("{]", { headers: { ...json, "X-Own-Reply": "2" } }),
};

for (const [what, response] of Object.entries(FOREIGN)) {
  test(`${what} is no answer`, () => assert.rejects(ownReply(response)));
}

test("whole numbers are taken, and nothing that looks like one", () => {
  assert.deepEqual([0, 7].map(isWholeNumber), [true, true]);
  for (const value of [-1, 1.5, "3", null, undefined, NaN, Infinity, 1e300, [3]]) assert.equal(isWholeNumber(value), false);
});

// What htmx does with a reply: {isHandled, reports}.
function load(text, mark, from = "http://here/a/?b=1") {
  const event = new Event("htmx:beforeOnLoad", { cancelable: true });
  const xhr = { responseText: text, responseURL: from, getResponseHeader: () => mark };
  event.detail = { xhr, pathInfo: { finalRequestPath: "/a/?b=1" } };
  const isHandled = document.dispatchEvent(event);
  return [isHandled, Boolean(event.detail.isForeign)];
}

test("htmx gets replies of ours only, and the page learns of others", () => {
  const reports = [];
  refuseForeignReplies((detail) => reports.push(detail.isForeign));
  assert.deepEqual(load("<p>é", "5"), [true, false]);
  assert.deepEqual(load("<h1>Welcome", null), [false, true]);
  assert.deepEqual(load("<p", "5"), [false, true]);
  assert.deepEqual(load("", "5"), [false, true]);
  assert.deepEqual(load("<p>é", "5", "http://here/c/"), [false, true]);
  assert.deepEqual(reports, [true, true, true, true]);
});
