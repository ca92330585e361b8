"""A candidate who takes an interview over real HTTP, saves as the page does, and records it all."""

import itertools
import json
import random
import re
import threading
import time
import traceback
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import uuid4

from tests.faults.browser import Browser, Exchange, Reply

RETRY = (1, 2, 4, 8)  # seconds, as in static/js/saving/save-timers.js
PAUSE = (0.6, 1.4)  # seconds between a reply and the next save
SAVES_PER_ANSWER = (10, 16)
SENTENCE = 'Cut & paste <b>"nothing"</b>: {{ n }} – żółw.\n  indented,\ttabbed; '


class GaveUp(Exception):
    """The run ended while something was still being tried again."""


@dataclass
class SentTexts:
    """What was sent for one question, and how much of it the server has acknowledged."""

    sent: list[str] = field(default_factory=list)
    acknowledged: int = 0  # number of the newest save that was answered as stored; from 1


class Candidate(threading.Thread):
    """Starts an interview, writes until told to stop, finishes, and reads the result.

    slug: the interview. finishes: by the button; otherwise time runs out.
    """

    def __init__(self, name: str, port: int, slug: str, *, finishes: bool, tls: bool = False):
        super().__init__(name=name, daemon=True)
        self.slug, self.finishes = slug, finishes
        self.exchanges: list[Exchange] = []
        self.browser = Browser("127.0.0.1", port, self.exchanges.append, tls=tls)
        self.stop_writing = threading.Event()
        self.give_up = threading.Event()
        self.random = random.Random(name)
        self.answers: dict[int, SentTexts] = {}
        self.writer, self.sequence = str(uuid4()), 0
        self.is_writing = False
        self.last_success = 0.0  # when the newest request that got a good reply was sent
        self.surprises: list[str] = []  # what should not happen, whatever is broken
        self.result: ResultPage | None = None

    def run(self) -> None:
        try:
            self.start_interview()
            self.is_writing = True
            while not self.stop_writing.is_set() and self.is_writing:
                self.write_answer()
            self.is_writing = False
            self.leave()
        except GaveUp:
            self.surprises.append("gave up")
        except Exception:
            self.surprises.append(traceback.format_exc())
        finally:
            self.is_writing = False
            self.browser.close()

    # From the first page to the last

    def start_interview(self) -> None:
        page = f"/interviews/{self.slug}/"
        self.retry(lambda: self.browser.get("interview", page))
        started = self.retry(lambda: self.browser.post("start", page, {}))
        self.url = started.headers["Location"]
        self.read_question(self.retry(lambda: self.browser.get("room", self.url)).text)

    def read_question(self, page: str) -> None:
        """Take number and revision of the question that the page shows."""
        self.position = int(re.search(r'data-position="(\d+)"', page)[1])
        self.revision = int(re.search(r'name="revision" value="(\d+)"', page)[1])
        self.answers.setdefault(self.position, SentTexts())

    def write_answer(self) -> None:
        for _ in range(self.random.randint(*SAVES_PER_ANSWER)):
            if self.stop_writing.wait(self.random.uniform(*PAUSE)) or not self.is_writing:
                return
            self.save()
        self.submit()

    def save(self) -> None:
        """Write some more and save it, trying again as long as it takes."""
        texts = self.answers[self.position]
        number = self.write_more(texts)
        reply = self.retry(
            lambda: self.browser.fetch("autosave", f"{self.url}save/", self.form("auto"))
        )
        if reply.status == 410:  # time ran out first, and the grace after it
            self.is_writing = False
        elif self.expect(reply, 200):
            state = json.loads(reply.text)
            self.revision, texts.acknowledged = state["revision"], number
            if state["verdict"] not in ("accepted", "already"):
                self.surprises.append(f"a save was answered {state}")
            self.is_writing = state["running"] and state["open"]

    def submit(self) -> None:
        """Write the last of it, and press Submit until it goes on."""
        texts = self.answers[self.position]
        number = self.write_more(texts)
        fields = self.form("")
        reply = self.retry(
            lambda: self.browser.htmx("submit", f"{self.url}submit/", self.renumbered(fields))
        )
        ended = "HX-Redirect" in reply.headers
        if not self.expect(reply, 200) or (ended and not self.finishes):
            self.is_writing = False  # time ran out first; the result shows what became of it
            return
        texts.acknowledged = number
        self.is_writing = not ended
        if not ended:
            self.read_question(reply.text)

    def leave(self) -> None:
        """Finish, or wait until time runs out; then read the result."""
        if self.finishes:
            url = f"{self.url}finish/"
            self.retry(lambda: self.browser.get("before finish", url))
            confirmed = {"confirmed": "1"}
            self.expect(self.retry(lambda: self.browser.post("finish", url, confirmed)), 302)
        while True:
            reply = self.retry(lambda: self.browser.get("result", f"{self.url}review/"))
            if reply.status == 200:
                break
            self.pause(2)
        self.result = ResultPage()
        self.result.feed(reply.text)

    # How it is sent

    def write_more(self, texts: SentTexts) -> int:
        number = len(texts.sent) + 1
        mark = f"[{self.name}, question {self.position}, save {number}]\n"
        texts.sent.append(mark + SENTENCE * number)
        return number

    def form(self, cause: str) -> dict:
        self.sequence += 1
        return {
            "position": self.position,
            "revision": self.revision,
            "writer": self.writer,
            "sequence": self.sequence,
            "text": self.answers[self.position].sent[-1].replace("\n", "\r\n"),
            "cause": cause,
        }

    def renumbered(self, fields: dict) -> dict:
        self.sequence += 1
        return fields | {"sequence": self.sequence, "revision": self.revision}

    def retry(self, send) -> Reply:
        """Send it again, with the page's pauses, until a good reply comes. Raises GaveUp."""
        for pause in itertools.chain(RETRY, itertools.repeat(RETRY[-1])):
            sent_at = time.monotonic()
            reply = send()
            if reply is not None and not reply.is_failure:
                self.last_success = sent_at
                return reply
            self.pause(pause)
        raise AssertionError("unreachable")

    def pause(self, seconds: float) -> None:
        if self.give_up.wait(seconds):
            raise GaveUp

    def expect(self, reply: Reply, status: int) -> bool:
        if reply.status != status:
            step = self.exchanges[-1].step
            self.surprises.append(f"{step} was answered {reply.status}: {reply.text[:300]}")
            self.is_writing = False
        return reply.status == status

    # What became of the texts

    def losses(self) -> list[str]:
        """What the server acknowledged and the result page does not show; empty if all is well."""
        if self.result is None:
            return [f"{self.name} has not seen a result"]
        shown = self.result.answers
        return [
            f"{self.name}, question {position}: {wrong}"
            for position, texts in self.answers.items()
            if (wrong := _compare(texts, shown.get(position, "")))
        ]


def _compare(texts: SentTexts, shown: str) -> str:
    """What is wrong with the text shown; "" where it is the acknowledged text or a newer one."""
    if not shown:
        return f"save {texts.acknowledged} is missing" if texts.acknowledged else ""
    if shown not in texts.sent:
        return f"a text was never sent: {shown[:200]!r}"
    number = texts.sent.index(shown) + 1
    if number < texts.acknowledged:
        return f"save {texts.acknowledged} was acknowledged, save {number} is shown"
    return ""


class ResultPage(HTMLParser):
    """The answers on a result page, by position, and the kept texts on it."""

    def __init__(self):
        super().__init__()
        self.answers: dict[int, str] = {}
        self.kept_texts: list[str] = []
        self._position = 0
        self._in_kept = False
        self._into: list[str] | None = None
        self._in_number = False

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        classes = (values.get("class") or "").split()
        if tag == "div":
            self._in_kept = "kept" in classes
            if (values.get("id") or "").startswith("texts-"):  # of a question or a follow-up
                self._position = int(values["id"].removeprefix("texts-"))
        elif tag == "sup":
            self._in_number = True  # of a point, after the words that make it
        elif (
            tag == "p" and "written" in classes and not {"empty", "data-text"} & {*classes, *values}
        ):
            self._into = []  # data-text: in a template, for a script to fill

    def handle_data(self, data):
        if self._into is not None and not self._in_number:
            self._into.append(data)

    def handle_endtag(self, tag):
        if tag == "sup":
            self._in_number = False
        if tag != "p" or self._into is None:
            return
        text, self._into = "".join(self._into), None
        if self._in_kept:
            self.kept_texts.append(text)
        else:
            self.answers[self._position] = text
