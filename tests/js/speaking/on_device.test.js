import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { define } from "../fakes.js";
import { languageOnDevice, languagesFor } from "../../../static/js/speaking/dictation/on-device.js";

afterEach(() => {
  define("SpeechRecognition", undefined);
  define("webkitSpeechRecognition", undefined);
});

function browser(answers, { knows = true } = {}) {
  const asked = [];
  class Recognition {
    static async available(options) {
      asked.push(options);
      const answer = answers[options.langs[0]];
      if (answer instanceof Error) throw answer;
      return answer;
    }
  }
  if (knows) Object.defineProperty(Recognition.prototype, "processLocally", { get() {}, set() {} });
  return [Recognition, asked];
}

for (const answer of ["downloadable", "downloading", "unavailable", undefined, true, new Error("no")]) {
  test(`“${answer}” is a no`, async () => {
    const [Recognition, asked] = browser({ "en-GB": answer });
    define("SpeechRecognition", Recognition);
    assert.equal(await languageOnDevice(["en-GB"]), null);
    assert.deepEqual(asked, [{ langs: ["en-GB"], processLocally: true }]);
  });
}

test("the first language that the device has is taken", async () => {
  const [Recognition] = browser({ "en-GB": "downloadable", "en-US": "available" });
  define("SpeechRecognition", Recognition);
  assert.equal(await languageOnDevice(["en-GB", "en-US"]), "en-US");
});

test("a browser that does not know of devices is not asked, nor the prefixed interface", async () => {
  const [Recognition, asked] = browser({ "en-GB": "available" }, { knows: false });
  define("SpeechRecognition", Recognition);
  assert.equal(await languageOnDevice(["en-GB"]), null);
  define("SpeechRecognition", undefined);
  define("webkitSpeechRecognition", browser({ "en-GB": "available" })[0]);
  assert.equal(await languageOnDevice(["en-GB"]), null);
  assert.deepEqual(asked, []);
});

for (const [what, page, own, expected] of [
  ["the person's own kind first", "en", ["de", "en-GB", "en"], ["en-GB", "en-US"]],
  ["no language twice", "en", ["en-US", "en-US"], ["en-US"]],
  ["the usual one for others", "en", ["fr-FR"], ["en-US"]],
  ["a page in another language", "de", ["de-AT", "en-GB"], ["de-AT", "de"]],
]) {
  test(`asked for is ${what}`, () => assert.deepEqual(languagesFor(page, own), expected));
}
