// Text that was spoken goes into the answer box where the caret is, as if it had been typed: the word count,
// saving and the copy in this browser learn of it by the same event.

// What is put between `before` and `after`, so that words stay apart.
export function spaced(words, before, after) {
  const text = words.trim();
  if (!text) return "";
  const opens = before && !/\s$/.test(before) ? " " : "";
  const closes = after && !/^[\s.,;:!?)]/.test(after) ? " " : "";
  return `${opens}${text}${closes}`;
}

// Returns whether the box took it.
export function insertSpoken(box, words) {
  if (box.readOnly || box.disabled) return false;
  const { value, selectionStart: start, selectionEnd: end } = box;
  const text = spaced(words, value.slice(0, start), value.slice(end));
  if (!text) return true;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
