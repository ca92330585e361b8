// How many words a text has, as attempts/rules/words.py counts them: what stands between blanks and
// holds a letter or a digit. Chinese, Japanese, Thai, Lao, Khmer and Burmese have no blanks between
// words; there it takes the browser's dictionary, or an estimate in a browser that has none.

const DENSE = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u30fc\uff70\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const RUN = new RegExp(String.raw`[${DENSE}]+|[^\s\u0085\u200b${DENSE}]+`, "gu");
const IS_DENSE = new RegExp(`^[${DENSE}]`, "u");
const LETTERS_A_WORD = 2;

const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter("en", { granularity: "word" });

export function wordCount(text) {
  let count = 0;
  for (const [run] of text.matchAll(RUN)) {
    if (IS_DENSE.test(run)) count += wordsWithoutBlanks(run);
    else if (/[\p{L}\p{N}]/u.test(run)) count += 1;
  }
  return count;
}

function wordsWithoutBlanks(run) {
  if (!segmenter) return Math.max(1, Math.round([...run].length / LETTERS_A_WORD));
  return [...segmenter.segment(run)].filter((part) => part.isWordLike).length;
}
