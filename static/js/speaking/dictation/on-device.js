// Whether this browser turns speech into text on the device itself.

// Resolves to the language in which it does, such as "en-GB", or to null. wanted: languages, best first.
// Anything but a plain "available" is a no: a browser may have to fetch something first, or ask a server.
export async function languageOnDevice(wanted) {
  const { SpeechRecognition } = globalThis;
  const isKnown = typeof SpeechRecognition?.available === "function" && "processLocally" in SpeechRecognition.prototype;
  if (!isKnown) return null;
  for (const language of wanted) {
    try {
      if ((await SpeechRecognition.available({ langs: [language], processLocally: true })) === "available") return language;
    } catch {
      return null;
    }
  }
  return null;
}

// The person's own kinds of the page's language, then the usual one.
export function languagesFor(page, own) {
  const main = page.split("-")[0];
  const usual = main === "en" ? "en-US" : main;
  return [...new Set([...own.filter((each) => each.toLowerCase().startsWith(`${main}-`)), usual])];
}
