// Where on the result an answer is: that to a follow-up is with the question that it follows.

// The part of the page with the answer at a position.
export function answerAt(position) {
  return document.getElementById(`answer-${position}`) ?? document.querySelector(`[data-follow-ups-at~="${position}"]`);
}

// The position of the question that the answer there belongs to.
export function questionAt(position) {
  return Number(answerAt(position)?.id.replace("answer-", "") ?? position);
}
