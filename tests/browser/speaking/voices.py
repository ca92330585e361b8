"""What a headless Chromium does not have: voices, and speech that becomes text on the device.

These stand in for the browser's own interfaces, and for nothing of the site.
"""

VOICES = """{
    const voices = %s;
    const speech = new EventTarget();
    let now = null;
    window.spoken = [];
    const end = (name) => {
        const ended = now;
        now = null;
        ended?.[name]?.(new Event(name.slice(2)));
    };
    Object.assign(speech, {
        getVoices: () => voices,
        speak: utterance => {
            now = utterance;
            spoken.push([utterance.text, utterance.voice?.name]);
            if (window.refusesToSpeak) setTimeout(() => end("onerror"));
        },
        cancel: () => {
            spoken.push(["(cancelled)", null]);
            setTimeout(() => end("onerror"));
        },
    });
    window.endOfSpeech = () => end("onend");
    window.voicesCome = (...more) => {
        voices.splice(0, voices.length, ...more);
        speech.dispatchEvent(new Event("voiceschanged"));
    };
    Object.defineProperty(window, "speechSynthesis", {value: speech});
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""

LOCAL = '{name: "Local", lang: "en-GB", localService: true, default: false}'
REMOTE = '{name: "Remote", lang: "en-US", localService: false, default: true}'
FRENCH = '{name: "French", lang: "fr-FR", localService: true, default: true}'


def with_voices(page, *voices: str) -> None:
    """The page's browser has these voices. Call it before the page is loaded."""
    page.add_init_script(VOICES % f"[{', '.join(voices)}]")


RECOGNITION = """{
    window.sessions = [];
    window.asked = [];
    const make = () => class SpeechRecognition {
        #isLocal = false;
        get processLocally() { return this.#isLocal; }
        set processLocally(value) { this.#isLocal = value; }
        static async available(options) { asked.push(options); return "%s"; }
        static async install() { window.installs = true; return true; }
        start() { this.state = "on"; sessions.push(this); }
        stop() { this.abort(); }
        abort() { this.state = "off"; setTimeout(() => this.onend?.(new Event("end"))); }
        says(words, isFinal = true) {
            const result = Object.assign([{transcript: words}], {isFinal});
            this.onresult({resultIndex: 0, results: [result]});
        }
    };
    window.SpeechRecognition = make();
    window.webkitSpeechRecognition = class {
        constructor() { window.usedRemote = true; }
    };
}"""


def with_recognition(page, available: str = "available") -> None:
    """The page's browser answers so when it is asked for speech on the device."""
    page.add_init_script(RECOGNITION % available)


def hear(page, words: str, *, is_final: bool = True) -> None:
    page.evaluate("([words, isFinal]) => sessions.at(-1).says(words, isFinal)", [words, is_final])


def spoken(page) -> list[str]:
    """What was spoken since the page was loaded, and where it was cut off."""
    return [text for text, _ in page.evaluate("spoken")]
