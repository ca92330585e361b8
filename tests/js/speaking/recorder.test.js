import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { define, disk, emptyStorage, settled } from "../fakes.js";
import { NewRecording, recordingsOf } from "../../../static/js/storage/recordings.js";
import { Recorder } from "../../../static/js/speaking/recording/recorder.js";
import { MOST_BYTES } from "../../../static/js/storage/recording-rules.js";

class Media {
  static isTypeSupported = (type) => type === "audio/mp4";
  state = "inactive";

  constructor(stream, { mimeType }) {
    this.mimeType = mimeType;
  }

  start(every) {
    Object.assign(this, { state: "recording", every });
  }

  // As browsers do: what is left comes before the end.
  stop() {
    this.state = "inactive";
    queueMicrotask(() => {
      this.hears(1);
      this.onstop();
    });
  }

  hears(...bytes) {
    this.ondataavailable({ data: new Blob([Uint8Array.from(bytes)]) });
  }
}

define("MediaRecorder", Media);
beforeEach(emptyStorage);

async function recording({ limit = 60_000 } = {}) {
  const track = Object.assign(new EventTarget(), { isLive: true, stop: () => (track.isLive = false) });
  const stream = { getAudioTracks: () => [track], getTracks: () => [track] };
  const ends = [];
  const recorder = new Recorder(stream, limit, (why, head) => ends.push([why, head.bytes]));
  const kept = new NewRecording("a", 1, recorder.type);
  await kept.begin();
  recorder.start(kept);
  return { recorder, media: recorder.media, track, ends };
}

test("a part each second is stored, in a form that the browser has", async () => {
  const { recorder, media } = await recording();
  assert.deepEqual([recorder.type, media.every], ["audio/mp4", 1_000]);
  media.hears(1, 2);
  await settled();
  assert.deepEqual((await recordingsOf("a", 1)).map(({ bytes, type }) => [bytes, type]), [[2, "audio/mp4"]]);
  recorder.stop("pressed");
});

test("stopped, the last part is stored before the end is told, and the microphone is let go", async () => {
  const { recorder, media, track, ends } = await recording();
  media.hears(1, 2);
  recorder.stop("moved");
  recorder.stop("bell"); // it has ended already
  assert.equal(track.isLive, false);
  await settled();
  assert.deepEqual(ends, [["moved", 3]]);
});

test("an unplugged microphone ends it with what was heard", async () => {
  const { media, track, ends } = await recording();
  media.hears(1, 2);
  track.dispatchEvent(new Event("ended"));
  await settled();
  assert.deepEqual(ends, [["unplugged", 3]]);
});

test("a browser that stops by itself ends it too", async () => {
  const { media, track, ends } = await recording();
  media.hears(1);
  media.stop();
  await settled();
  assert.deepEqual([ends, track.isLive], [[["unplugged", 2]], false]);
});

test("its limit ends it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { media, ends } = await recording({ limit: 5_000 });
  media.hears(1);
  t.mock.timers.tick(5_000);
  await settled();
  assert.deepEqual(ends, [["limit", 2]]);
});

test("its size ends it, and what does not fit is left out", async () => {
  const { recorder, media, ends } = await recording();
  recorder.recording.head.bytes = MOST_BYTES - 1;
  media.hears(1, 2);
  media.hears(3);
  await settled();
  assert.deepEqual(ends, [["size", MOST_BYTES - 1]]);
});

test("a full browser ends it; no part follows one that is missing", async () => {
  const { media, ends } = await recording();
  media.hears(1, 2);
  await settled();
  disk.isFull = true;
  media.hears(3);
  await settled();
  disk.isFull = false;
  media.hears(4);
  await settled();
  assert.deepEqual(ends, [["full", 2]]);
});

test("deleted meanwhile it ends and stays deleted", async () => {
  const { media, ends } = await recording();
  disk.entries.clear();
  media.hears(1);
  await settled();
  assert.deepEqual([ends[0][0], disk.entries.size], ["gone", 0]);
});

test("pressed just before it was found deleted, it is said to be deleted", async () => {
  const { recorder, media, ends } = await recording();
  disk.entries.clear();
  media.hears(1);
  recorder.stop("pressed");
  await settled();
  assert.deepEqual(ends[0][0], "gone");
});
