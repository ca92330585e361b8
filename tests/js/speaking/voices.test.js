import assert from "node:assert/strict";
import { test } from "node:test";

import { localVoice } from "../../../static/js/speaking/reading/voices.js";

const voice = (name, lang, localService = true, isDefault = false) => ({ name, lang, localService, default: isDefault });

for (const [what, voices, expected] of [
  ["none of none", [], undefined],
  ["no voice of somebody's server", [voice("far", "en-GB", false, true)], undefined],
  ["no voice of which it is not known", [voice("odd", "en-GB", null)], undefined],
  ["no voice of another language", [voice("fr", "fr-FR"), voice("eno", "eno")], undefined],
  ["the first of the language", [voice("fr", "fr-FR"), voice("us", "en-US"), voice("gb", "en-GB")], "us"],
  ["the browser's own choice among them", [voice("us", "en-US"), voice("gb", "en-GB", true, true)], "gb"],
  ["a voice without a country", [voice("en", "EN")], "en"],
  ["a voice named as Android does", [voice("en", "en_US")], "en"],
]) {
  test(`chosen is ${what}`, () => assert.equal(localVoice(voices, "en")?.name, expected));
}

test("a page in another language has its own voice", () => {
  assert.equal(localVoice([voice("us", "en-US"), voice("de", "de-DE")], "de-AT").name, "de");
});
