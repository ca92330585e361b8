"""Plays interviews against a site, over HTTP, as fast as it answers."""

import re
from uuid import uuid4

from tests.faults.browser import Browser, Exchange, Reply

TEXT = "A feature store keeps one definition for training & serving, so that both agree. " * 12


class Player:
    """One candidate in one browser; every request is in `exchanges`, by its step."""

    def __init__(self, port: int):
        self.exchanges: list[Exchange] = []
        self.browser = Browser("127.0.0.1", port, self.exchanges.append)
        self.writer, self.sequence = str(uuid4()), 0

    def play(self, questions: int = 5, saves: int = 3) -> None:
        """A whole interview, from the home page to the list of past attempts."""
        self.start()
        for _ in range(questions):
            for _ in range(saves):
                self.autosave()
            self.tick()
            self.submit()
        self.browser.get("before finish", f"{self.url}finish/")
        self.browser.post("finish", f"{self.url}finish/", {"confirmed": "1"})
        self.browser.get("review", f"{self.url}review/")
        self.browser.get("history", "/attempts/")

    def start(self, slug: str = "whole") -> None:
        self.browser.get("home", "/")
        self.browser.get("interview", f"/interviews/{slug}/")
        self.url = self.browser.post("start", f"/interviews/{slug}/", {}).headers["Location"]
        self.show()

    def show(self) -> None:
        self.enter(self.browser.get("show question", self.url))

    def enter(self, reply: Reply) -> None:
        self.position = int(re.search(r'data-position="(\d+)"', reply.text)[1])
        self.revision = int(re.search(r'name="revision" value="(\d+)"', reply.text)[1])

    def autosave(self) -> None:
        reply = self.browser.fetch("autosave", f"{self.url}save/", self._form("auto"))
        self.revision = int(re.search(r'"revision": (\d+)', reply.text)[1])

    def tick(self) -> None:
        self.browser.get("tick", f"{self.url}clock/", **{"X-Page-Script": "1"})

    def submit(self) -> None:
        self.enter(self.browser.htmx("submit", f"{self.url}submit/", self._form("")))

    def bare(self, path: str = "bare") -> None:
        """The bare view; path="naked" leaves out all middleware."""
        attempt = self.url.split("/")[-2]
        self.browser.post(path, f"/{path}/{attempt}/", self._form("auto"))

    def naked(self) -> None:
        self.bare("naked")

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
