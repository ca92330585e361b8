// What the page says when a recording or a dictation did not begin, or ended by itself.

const AS_ALWAYS = "Write your answer as always.";
const ALLOW = "Allow the microphone for this site in your browser, then press the button again.";
const SETTINGS = "Check the microphone in your system's settings, then press the button again.";

const NOT_BEGUN = {
  unsupported: `This browser cannot record on this page. A current browser can, at an address with https. ${AS_ALWAYS}`,
  "no-storage": `This browser stores nothing for this page, as in a private window, so it cannot keep a recording. ${AS_ALWAYS}`,
  full: `This browser has no space left for a recording. Free some space, then press the button again. ${AS_ALWAYS}`,
  NotAllowedError: `The browser does not let this page use a microphone. ${ALLOW} ${AS_ALWAYS}`,
  SecurityError: `The browser does not let this page use a microphone. ${AS_ALWAYS}`,
  NotFoundError: `No microphone was found. Connect one, then press the button again. ${AS_ALWAYS}`,
  NotReadableError: `The microphone does not answer. Another program may be using it. ${SETTINGS} ${AS_ALWAYS}`,
  "not-allowed": `The browser does not let this page use a microphone. ${ALLOW} ${AS_ALWAYS}`,
  "audio-capture": `No microphone was found. Connect one, then press the button again. ${AS_ALWAYS}`,
  "language-not-supported": `This device cannot turn this language into text any more. ${AS_ALWAYS}`,
  "no-speech": "Nothing was heard, so dictation stopped. Press the button to go on.",
};

export const notBegun = (name) => NOT_BEGUN[name] ?? `The microphone could not be used. ${SETTINGS} ${AS_ALWAYS}`;

const ENDED = {
  pressed: "Recording stopped.",
  moved: "Recording stopped, because you left the question.",
  bell: "Recording stopped, because time is up.",
  limit: "Recording stopped: it is as long as it may be.",
  size: "Recording stopped: it is as large as it may be.",
  unplugged: "Recording stopped, because the microphone was disconnected or switched off. What was recorded is kept. Connect it and press the button to record more.",
  gone: "Recording stopped, because it was deleted.",
  full: "Recording stopped, because this browser has no space left. What was recorded until then is kept.",
};

export const ended = (why) => ENDED[why] ?? "Recording stopped by an error of the browser. What was recorded is kept.";
