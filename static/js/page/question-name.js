// What people call what is at a position: the number of the question, and whether it is a follow-up to it.
// Each question has room for so many follow-ups after it, whether or not they were asked.
export function questionName(position, followUps) {
  const room = 1 + (Number(followUps) || 0);
  const number = Math.floor((position - 1) / room) + 1;
  return (position - 1) % room ? `${number}, follow-up` : `${number}`;
}
