// How long a recording is: 92 seconds are "1:32", and in words "1 min 32 s".

const parts = (milliseconds) => {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  return [Math.floor(seconds / 60), seconds % 60];
};

export function lengthOf(milliseconds) {
  const [minutes, seconds] = parts(milliseconds);
  return `${minutes}:${String(seconds).padStart(2, "0")}`;
}

export function lengthInWords(milliseconds) {
  const [minutes, seconds] = parts(milliseconds);
  if (!minutes) return `${seconds} s`;
  return seconds ? `${minutes} min ${seconds} s` : `${minutes} min`;
}
