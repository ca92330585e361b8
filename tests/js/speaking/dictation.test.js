import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { define } from "../fakes.js";
import { Dictation } from "../../../static/js/speaking/dictation/dictation.js";

let session;
beforeEach(() => (session = null));

class Recognition {
  processLocally = false;
  start() { session = this; }
  abort() { this.isAborted = true; }
  hears(...results) {
    this.onresult({ resultIndex: 0, results: results.map(([transcript, isFinal]) => Object.assign([{ transcript }], { isFinal })) });
  }
}
define("SpeechRecognition", Recognition);

class Box extends EventTarget {
  value = "";
  setRangeText(text, start, end) {
    this.value = this.value.slice(0, start) + text + this.value.slice(end);
  }
  get selectionStart() { return this.value.length; }
  get selectionEnd() { return this.value.length; }
}

function dictation() {
  const told = [];
  const box = new Box();
  const made = new Dictation(box, "en-GB", { heard: (words) => told.push(words), ended: (...what) => told.push(what) });
  made.start();
  return { made, box, told };
}

test("it is asked to stay on the device", () => {
  dictation();
  assert.deepEqual([session.processLocally, session.lang, session.continuous], [true, "en-GB", true]);
});

test("a browser that will not promise it is not used", () => {
  define("SpeechRecognition", class extends Recognition {
    get processLocally() { return false; }
    set processLocally(value) {}
    constructor() { super(); Object.defineProperty(this, "processLocally", { get: () => false, set() {} }); }
  });
  assert.throws(dictation);
  assert.equal(session, null);
  define("SpeechRecognition", Recognition);
});

test("final words go into the box, the others are shown until they are final", () => {
  const { box, told } = dictation();
  session.hears(["one", false]);
  session.hears(["one two", true], ["three", false]);
  assert.deepEqual([box.value, told], ["one two", ["one", "three"]]);
});

test("finished, what was heard last is in the box, and what comes later is not", () => {
  const { made, box, told } = dictation();
  session.hears(["one", true], ["two", false]);
  made.finish();
  assert.deepEqual([box.value, session.isAborted, told.at(-1)], ["one two", true, ["", ""]]);
  session.hears(["late", true]);
  session.onend();
  made.finish();
  assert.deepEqual([box.value, told.length], ["one two", 2]);
});

test("words that the box does not take wait for it, and are named if it never does", () => {
  const { made, box, told } = dictation();
  box.readOnly = true;
  session.hears(["one", true]);
  box.readOnly = false;
  session.hears(["two", true]);
  assert.equal(box.value, "one two");
  box.readOnly = true;
  session.hears(["three", true]);
  made.finish();
  assert.deepEqual([box.value, told.at(-1)], ["one two", ["", "three"]]);
});

test("an error is told when the session ends", () => {
  const { told } = dictation();
  session.onerror({ error: "audio-capture" });
  session.onend();
  assert.deepEqual(told, [["audio-capture", ""]]);
});
