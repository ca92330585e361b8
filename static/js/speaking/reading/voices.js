// Voices of this device. A voice that is not local would send the text to somebody else's server.

// voices: of the browser. language: of the page, such as "en". Resolves to one of them, or undefined.
export function localVoice(voices, language) {
  const main = language.toLowerCase().split("-")[0];
  const fitting = voices.filter(({ lang, localService }) => localService === true && lang.toLowerCase().split(/[-_]/)[0] === main);
  return fitting.find((voice) => voice.default) ?? fitting[0];
}

// Calls found(voice) when there is a local voice, or when it has gone (undefined). Browsers list their voices late.
export function watchVoices(found) {
  const speech = globalThis.speechSynthesis;
  if (!speech || !globalThis.SpeechSynthesisUtterance) return;
  const look = () => found(localVoice(speech.getVoices(), document.documentElement.lang));
  speech.addEventListener?.("voiceschanged", look);
  look();
}
