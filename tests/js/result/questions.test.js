import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

// Two questions, at 1 and 4; the first one has follow-ups at 2 and 3.
const first = { id: "answer-1", followUpsAt: "2 3 " };
const second = { id: "answer-4", followUpsAt: "" };

beforeEach(() => {
  globalThis.document = {
    getElementById: (id) => [first, second].find((answer) => answer.id === id) ?? null,
    querySelector: (selector) => {
      const position = selector.match(/^\[data-follow-ups-at~="(\d+)"\]$/)[1];
      return [first, second].find((answer) => answer.followUpsAt.split(" ").includes(position)) ?? null;
    },
  };
});

test("the answer to a follow-up is with its question", async () => {
  const { answerAt, questionAt } = await import("../../../static/js/result/questions.js");
  assert.equal(answerAt(1), first);
  assert.equal(answerAt(3), first);
  assert.equal(answerAt(4), second);
  assert.deepEqual([1, 2, 3, 4].map(questionAt), [1, 1, 1, 4]);
});

test("what is not in the page is left as it is", async () => {
  const { answerAt, questionAt } = await import("../../../static/js/result/questions.js");
  assert.equal(answerAt(7), null);
  assert.equal(questionAt(7), 7);
});
