// One page with an answer box, its saver and a server that answers when the test says so.

import { afterEach, beforeEach, mock } from "node:test";

import { define, disk, emptyStorage, ownReply, settled } from "../fakes.js";
import { Saver } from "../../../static/js/saving/saver.js";

export let server; // the requests that have arrived, each to be answered by the test
export let said; // what the saver told the page, oldest first
export let saver;

beforeEach(() => {
  emptyStorage();
  mock.timers.enable({ apis: ["setTimeout"] });
  server = [];
  said = [];
  define("navigator", { onLine: true });
  define("fetch", (url, { body, keepalive }) =>
    new Promise((resolve, reject) => {
      const fields = Object.fromEntries(body);
      const replyWith = async (response) => {
        resolve(response);
        await settled();
      };
      // Of our site, about this very save.
      const answer = (status, result = {}) => replyWith(ownReply(status, { has: receiptOf(fields), ...result }));
      const fail = async () => {
        reject(new TypeError("Failed to fetch"));
        await settled();
      };
      server.push({ url, keepalive, ...fields, answer, fail, replyWith });
    }),
  );
  openPage("");
});

afterEach(() => {
  saver.leave();
  mock.timers.reset();
});

// Loads a page whose box holds `value`. stored: the server's answer, which is revision 3.
export function openPage(value, { stored = value } = {}) {
  saver?.leave();
  const text = Object.assign(new EventTarget(), { value, defaultValue: stored, isConnected: true });
  const fields = { position: { value: "1" }, revision: { value: "3" }, writer: {}, sequence: {} };
  const form = { elements: { text, ...fields, csrfmiddlewaretoken: { value: "old" } } };
  let sequence = 0;
  const page = { attempt: "a", url: "/save/", writer: "me", nextSequence: () => ++sequence, lastSequence: () => sequence };
  const on = Object.fromEntries(
    ["status", "refused", "conflict", "closed", "loggedOut", "reached", "stranded"].map((name) => [
      name,
      (...values) => said.push([name, ...values]),
    ]),
  );
  saver = new Saver(form, page, on);
}

export function type(text) {
  saver.box.value = text;
  saver.box.dispatchEvent(new Event("input"));
}

const receiptOf = ({ writer, sequence, text }) => `${writer}:${sequence}:${text.length}`;

export const ACCEPTED = { verdict: "accepted", revision: 4, running: true, open: true };

// What the status line shows, as a state.
export const state = () => said.findLast(([name]) => name === "status")?.[1];
export const told = (name) => said.filter(([what]) => what === name).map(([, value]) => value);
export const message = () => said.findLast(([name]) => name === "status")?.[2];
export const kept = () => [...disk.entries.values()].map(({ text }) => text);
