// Outside of the room: the option to have questions read aloud, and the recordings that this browser has.

import "../page/page.js";
import { option, setOption } from "../storage/options.js";
import { languageOnDevice, languagesFor } from "./dictation/on-device.js";
import { watchVoices } from "./reading/voices.js";
import { offerToDeleteAll } from "./recording/all.js";
import { canRecord } from "./recording/can-record.js";

const show = (what, isShown) => {
  for (const each of document.querySelectorAll(`[data-if=${what}]`)) each.hidden = !isShown;
};

for (const box of document.querySelectorAll("[data-option]")) {
  box.checked = option(box.dataset.option);
  box.addEventListener("change", () => setOption(box.dataset.option, box.checked));
}

show("no-voice", true);
watchVoices((voice) => {
  show("voice", voice);
  show("no-voice", !voice);
});
show("recording", canRecord());
show("no-recording", !canRecord());
offerToDeleteAll();

const language = await languageOnDevice(languagesFor(document.documentElement.lang, navigator.languages ?? []));
show("dictation", language);
show("no-dictation", !language);
