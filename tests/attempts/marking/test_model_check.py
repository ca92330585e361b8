"""What a result says about who checked its answers."""

import pytest

from attempts.chat_engine.server import Server
from attempts.marking.model_check import ModelCheck, model_check
from attempts.models import Answer

NOW = Server("https://models.example.org/v1/chat/completions", "gemma3:4b")


@pytest.mark.parametrize(
    ("engines", "server", "check"),
    [
        ([], NOW, None),
        (["", "minilm-2", "lexical-2"], NOW, None),
        (["chat-1 gemma3:4b", ""], NOW, ModelCheck(["gemma3:4b"], "models.example.org", False)),
        (
            ["chat-1 gemma3:4b", "minilm-2"],
            NOW,
            ModelCheck(["gemma3:4b"], "models.example.org", True),
        ),
        (["chat-1 old", "chat-1 gemma3:4b"], NOW, ModelCheck(["gemma3:4b", "old"], "", False)),
        (["chat-1 old"], NOW, ModelCheck(["old"], "", False)),
        (["chat-1 gemma3:4b"], None, ModelCheck(["gemma3:4b"], "", False)),
    ],
)
def test_the_model_is_named_and_its_host_only_if_it_is_still_that_one(
    engines, server, check, settings
):
    settings.SCORER = server
    assert model_check([Answer(engine=engine) for engine in engines]) == check
