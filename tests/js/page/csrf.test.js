import assert from "node:assert/strict";
import { test } from "node:test";

import "../fakes.js";
import { csrfToken } from "../../../static/js/page/csrf.js";

const COOKIES = [
  ["", ""],
  ["csrftoken=abc", "abc"],
  ["sessionid=x; csrftoken=abc; other=y", "abc"],
  ["xcsrftoken=wrong", ""],
];

for (const [cookie, token] of COOKIES) {
  test(`the token in "${cookie}" is "${token}"`, () => {
    document.cookie = cookie;
    assert.equal(csrfToken(), token);
  });
}
