"""Which server and model to ask: what SCORER_URL and its companions name."""

import math
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

VERSION = 1  # of the prompt and of how replies are read; raised when either changes
LONGEST_NAME = 40  # of an engine
PREFIX = "chat-"
"""How the names of engines begin that are models on a server."""
COMPLETIONS = "/chat/completions"
MOST_SECONDS = 600


@dataclass(frozen=True)
class Server:
    """A server of the OpenAI chat-completions form, and the model to ask there.

    url: of the completions. seconds: how long one answer may take, with every retry.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def short_model(self) -> str:
        """The model without folder and file type, and without its middle if it is too long.

        Its end often tells the size or the quantization.
        """
        name = self.model.rstrip("/").rpartition("/")[2].removesuffix(".gguf") or self.model
        room = LONGEST_NAME - len(f"{PREFIX}{VERSION} ")
        if len(name) <= room:
            return name
        end = room // 3
        return f"{name[: room - end - 1]}…{name[-end:]}"

    @property
    def engine_name(self) -> str:
        """To be kept with a suggestion, as attempts.scoring.engine_name(): chat-1 gemma3:4b."""
        return f"{PREFIX}{VERSION} {self.short_model}"


def model_of(engine_name: str) -> str:
    """The model that an engine's name names; "" for the engines of this site."""
    engine, _, model = engine_name.partition(" ")
    return model if engine.startswith(PREFIX) else ""


def named_server(url: str, model: str, key: str = "", seconds: float = 60) -> Server | None:
    """The server that the settings name; None if they name none.

    url: the base address, as clients of OpenAI take it (http://localhost:11434/v1), or the whole
    address of the completions. Raises ValueError, with a message that does not contain the key.
    """
    if not url and not model:
        return None
    if not url or not model:
        raise ValueError("Set both SCORER_URL and SCORER_MODEL, or neither.")
    if not (model.isprintable() and model.strip()):
        raise ValueError("SCORER_MODEL is not the name of a model.")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise ValueError("SCORER_KEY may hold only printable ASCII characters without spaces.")
    if not (math.isfinite(seconds) and 0 < seconds <= MOST_SECONDS):
        raise ValueError(f"SCORER_TIMEOUT is a number of seconds above 0, {MOST_SECONDS} at most.")
    return Server(_completions(url), model, key, seconds)


def _completions(url: str) -> str:
    refused = ValueError("SCORER_URL is an address such as http://localhost:11434/v1.")
    if not (url.isascii() and url.isprintable() and " " not in url):
        raise refused
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        port = parts.port
    except ValueError:
        raise refused from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise refused
    if "@" in parts.netloc:
        raise ValueError("SCORER_URL may hold no password. A key belongs in SCORER_KEY.")
    path = parts.path.rstrip("/")
    if not path.endswith(COMPLETIONS):
        path += COMPLETIONS
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
