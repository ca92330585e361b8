"""A candidate who takes interviews over HTTP, as fast as the site answers."""

import re
from uuid import uuid4

from tests.faults.browser import Browser, Exchange, Reply

TEXT = "A feature store keeps one definition for training & serving, so that both agree. " * 12


class FastCandidate:
    """One candidate in one browser. `exchanges` has every request, with the name of its step.

    site: where the interview is: "" for the site, "/bare" for the one on bare Django.
    """

    def __init__(self, port: int, site: str = ""):
        self.site = site
        self.exchanges: list[Exchange] = []
        self.browser = Browser("127.0.0.1", port, self.exchanges.append)
        self.writer, self.sequence = str(uuid4()), 0

    def take_interview(self, questions: int = 5, saves: int = 3) -> None:
        """A whole interview, from the home page to the list of past attempts."""
        self.start()
        for _ in range(questions):
            for _ in range(saves):
                self.autosave()
            self.read_clock()
            self.submit()
        self.browser.get("before finish", f"{self.url}finish/")
        self.browser.post("finish", f"{self.url}finish/", {"confirmed": "1"})
        self.browser.get("review", f"{self.url}review/")
        self.browser.get("history", f"{self.site}/attempts/")

    def start(self, slug: str = "whole") -> None:
        self.browser.get("home", f"{self.site}/")
        self.browser.get("interview", f"{self.site}/interviews/{slug}/")
        started = self.browser.post("start", f"{self.site}/interviews/{slug}/", {})
        self.url = started.headers["Location"]
        self.show_question()

    def show_question(self) -> None:
        self.read_question(self.browser.get("show question", self.url))

    def read_question(self, reply: Reply) -> None:
        self.position = int(re.search(r'data-position="(\d+)"', reply.text)[1])
        self.revision = int(re.search(r'name="revision" value="(\d+)"', reply.text)[1])

    def autosave(self) -> None:
        reply = self.browser.fetch("autosave", f"{self.url}save/", self._form("auto"))
        self.revision = int(re.search(r'"revision": (\d+)', reply.text)[1])

    def read_clock(self) -> None:
        self.browser.get("read clock", f"{self.url}clock/", **{"X-Page-Script": "1"})

    def submit(self) -> None:
        """After the last question there is no next one to read: htmx is told where to go."""
        reply = self.browser.htmx("submit", f"{self.url}submit/", self._form(""))
        if "HX-Redirect" not in reply.headers:
            self.read_question(reply)

    def bare_update(self) -> None:
        """Ask a view on bare Django that only updates the answer."""
        attempt = self.url.split("/")[-2]
        self.browser.fetch("bare", f"/bare/attempts/{attempt}/save-of-anybody/", self._form("auto"))

    def _form(self, cause: str) -> dict:
        self.sequence += 1
        return {
            "position": self.position,
            "revision": self.revision,
            "writer": self.writer,
            "sequence": self.sequence,
            "text": f"{self.sequence}. {TEXT}",
            "cause": cause,
        }
