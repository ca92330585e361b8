// What uses the microphone: fetched when somebody wants to record or to dictate, and not before.

import { ofTab } from "../storage/storage.js";
import { DictationControl } from "./dictation/dictation-control.js";
import { RecordingControl } from "./recording/recording-control.js";

// root: #speaking of one question. page: {attempt, position, box(), left(), language(), tell(words), changed()}
export function microphoneOf(root, page) {
  const controls = { record: new RecordingControl(root, page), dictate: new DictationControl(root, page) };
  const before = (which) => root.querySelector(`[data-before=${which}]`);

  // The page says what becomes of the voice before the browser asks for the microphone.
  function ask(which) {
    for (const each of Object.keys(controls)) before(each).hidden = each !== which;
    before(which).querySelector("button").focus();
  }

  function start(which) {
    before(which).hidden = true;
    stop("pressed");
    ofTab.set(`told:${which}`, "yes");
    controls[which].start();
  }

  function stop(why) {
    for (const control of Object.values(controls)) control.stop(why);
  }

  return {
    stop,
    start,
    // What was said goes into the box.
    finishWords: () => controls.dictate.stop(),
    // The button of one of them.
    press(which) {
      if (controls[which].isOn) stop("pressed");
      else if (ofTab.get(`told:${which}`)) start(which);
      else ask(which);
    },
    putOff(which) {
      before(which).hidden = true;
      root.querySelector(`[data-speaking=${which}]`).focus();
    },
  };
}
