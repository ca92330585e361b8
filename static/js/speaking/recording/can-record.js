// A page without https has no microphone, nor has an old browser.
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);
