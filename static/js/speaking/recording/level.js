// How loud the microphone is: a meter, and the same in a word.

const OFTEN = 100;
const SELDOM = 1_000; // where the person wants no motion
const SILENT = 0.02;
const QUIET = 0.3;

// samples: bytes around 128. Returns 0 to 1, by the logarithm: speech is about in the middle.
export function loudnessOf(samples) {
  const sum = samples.reduce((total, sample) => total + ((sample - 128) / 128) ** 2, 0);
  const decibels = 20 * Math.log10(Math.sqrt(sum / samples.length) || 1e-5);
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
}

export function wordFor(loudness) {
  if (loudness < SILENT) return "no sound";
  return loudness < QUIET ? "quiet" : "clear";
}

// Watches a stream. heard(level, loudest): the level now, and the loudest of about the last second.
// Returns a function that ends this. A browser that can't measure shows no level.
export function watchLevel(stream, heard) {
  let context;
  try {
    context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let last = [];
    const look = () => {
      analyser.getByteTimeDomainData(samples);
      const level = loudnessOf(samples);
      last = [level, ...last].slice(0, SELDOM / OFTEN);
      heard(level, Math.max(...last));
    };
    const timer = setInterval(look, isStill ? SELDOM : OFTEN);
    return () => {
      clearInterval(timer);
      context.close().catch(() => {});
    };
  } catch {
    context?.close?.().catch(() => {});
    return () => {};
  }
}
