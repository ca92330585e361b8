import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { disk, emptyStorage, settled, withoutStorage } from "../fakes.js";
import { NewRecording, allRecordings, forgetRecordings, makeRoom, recordingsOf, refusal, removeDue, removeRecording, soundOf } from "../../../static/js/storage/recordings.js";

beforeEach(emptyStorage);

const sound = (...bytes) => Uint8Array.from(bytes).buffer;
const keys = () => [...disk.entries.keys()];

async function recorded(attempt, position, ...parts) {
  const recording = new NewRecording(attempt, position, "audio/webm");
  await recording.begin();
  for (const [index, part] of parts.entries()) await recording.add(sound(...part), (index + 1) * 1_000);
  return recording.head;
}

test("parts come back as one sound, in their order", async () => {
  const head = await recorded("a", 1, [1, 2], [3]);
  assert.deepEqual([head.bytes, head.milliseconds], [3, 2_000]);
  const blob = await soundOf(head);
  assert.deepEqual([[...new Uint8Array(await blob.arrayBuffer())], blob.type], [[1, 2, 3], "audio/webm"]);
});

test("a head is stored with each part, so that a crash leaves what can be played", async () => {
  const recording = new NewRecording("a", 1, "audio/webm");
  await recording.begin();
  assert.deepEqual(await recordingsOf("a", 1), []); // nothing to play yet
  await recording.add(sound(1), 900);
  const [head] = await recordingsOf("a", 1);
  assert.deepEqual([head.bytes, head.milliseconds], [1, 900]);
});

test("recordings belong to an attempt and a position, and none to a number that begins alike", async () => {
  await recorded("a", 1, [1]);
  await recorded("a", 11, [1]);
  await recorded("b", 1, [1]);
  assert.deepEqual((await recordingsOf("a", 1)).map(({ key }) => key.split(":")[2]), ["1"]);
  assert.equal((await recordingsOf("a")).length, 2);
  assert.equal((await allRecordings()).length, 3);
});

test("two recordings of one question are two", async () => {
  await recorded("a", 1, [1]);
  await recorded("a", 1, [2]);
  assert.equal((await recordingsOf("a", 1)).length, 2);
});

test("a recording that was deleted meanwhile is not written again", async () => {
  const recording = new NewRecording("a", 1, "audio/webm");
  await recording.begin();
  await recording.add(sound(1), 1);
  await forgetRecordings("a:");
  assert.equal(await recording.add(sound(2), 2), "gone");
  assert.deepEqual(keys(), []);
});

test("a full browser refuses a part and says why; the parts before stay", async () => {
  const recording = new NewRecording("a", 1, "audio/webm");
  await recording.begin();
  await recording.add(sound(1), 1_000);
  disk.isFull = true;
  assert.deepEqual([await recording.add(sound(2), 2_000), refusal()], ["refused", "QuotaExceededError"]);
  disk.isFull = false;
  assert.equal(recording.head.bytes, 1);
  assert.equal(await recording.add(sound(3), 3_000), "stored");
  assert.deepEqual([...new Uint8Array(await (await soundOf(recording.head)).arrayBuffer())], [1, 3]);
});

test("room is made by the oldest of the others", async () => {
  const [older, newer] = [await recorded("a", 1, [1]), await recorded("b", 1, [1])];
  for (const [head, at] of [[older, 1], [newer, 2]]) disk.entries.set(head.key, { ...head, at });
  const own = await recorded("c", 1, [1]);
  assert.equal(await makeRoom(own), true);
  assert.deepEqual((await allRecordings()).map(({ key }) => key).sort(), [newer.key, own.key].sort());
  assert.equal(await makeRoom(own), true);
  assert.equal(await makeRoom(own), false);
});

test("deleting one leaves the others, and forgetting an attempt those of others", async () => {
  const [one, two] = [await recorded("a", 1, [1], [2]), await recorded("a", 2, [3])];
  await recorded("ab", 1, [4]);
  await removeRecording(one);
  assert.deepEqual(await recordingsOf("a"), [two]);
  await forgetRecordings("a:");
  assert.deepEqual(keys().map((key) => key.split(":")[1]), ["ab", "ab"]);
  await forgetRecordings();
  assert.deepEqual(keys(), []);
});

test("what is due goes with its parts; a browser that has none opens no database", async () => {
  const [old, fresh] = [await recorded("a", 1, [1]), await recorded("b", 1, [1])];
  disk.entries.set(old.key, { ...old, at: 0 });
  await removeDue();
  assert.deepEqual(keys().map((key) => key.split(":")[1]), ["b", "b"]);
  emptyStorage();
  disk.entries.set(fresh.key, { ...fresh, at: 0 });
  await removeDue();
  assert.deepEqual(keys(), [fresh.key]);
});

test("where the browser stores nothing a recording does not begin, and nothing throws", async () => {
  disk.isFull = true;
  await withoutStorage(async () => {
    const recording = new NewRecording("a", 1, "audio/webm");
    assert.equal(await recording.begin(), false);
    assert.equal(await recording.add(sound(1), 1), "refused");
    assert.equal(await makeRoom(recording.head), false);
    assert.deepEqual(await recordingsOf("a", 1), []);
    await forgetRecordings();
    await removeDue();
  });
  await settled();
});
