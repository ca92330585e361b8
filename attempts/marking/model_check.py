"""What a result says of answers that a language model on another server has checked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from attempts.chat_engine.server import model_of
from attempts.models import Answer


@dataclass(frozen=True)
class ModelCheck:
    """models: which ones checked. host: where, if that is still the server that is asked, else "".

    is_partly_here: whether the engine of this site checked some of the answers.
    """

    models: list[str]
    host: str
    is_partly_here: bool


def model_check(answers: Iterable[Answer]) -> ModelCheck | None:
    """None if no model has checked any of them."""
    engines = {answer.engine for answer in answers if answer.engine}
    by_model = {engine for engine in engines if model_of(engine)}
    if not by_model:
        return None
    server = settings.SCORER
    is_asked_now = server is not None and by_model == {server.engine_name}
    return ModelCheck(
        models=sorted(map(model_of, by_model)),
        host=server.host if server and is_asked_now else "",
        is_partly_here=by_model != engines,
    )
