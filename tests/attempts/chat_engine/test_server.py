import pytest

from attempts.chat_engine.server import Server, model_of, named_server
from attempts.models import Answer


def test_off_by_default():
    assert named_server("", "") is None


@pytest.mark.parametrize(
    ("url", "completions"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("https://api.example.org/v1/", "https://api.example.org/v1/chat/completions"),
        ("http://[::1]:8000", "http://[::1]:8000/chat/completions"),
        (
            "https://x.org/v1/chat/completions?version=2",
            "https://x.org/v1/chat/completions?version=2",
        ),
    ],
)
def test_the_base_address_or_the_whole(url, completions):
    assert named_server(url, "m").url == completions


@pytest.mark.parametrize(
    ("url", "model", "key", "seconds"),
    [
        ("http://localhost/v1", "", "", 60),
        ("", "m", "", 60),
        ("ftp://localhost/v1", "m", "", 60),
        ("file:///etc/passwd", "m", "", 60),
        ("localhost:11434", "m", "", 60),
        ("http://", "m", "", 60),
        ("http://h:99999/", "m", "", 60),
        ("http://h:x/", "m", "", 60),
        ("http://h/\r\nX: y", "m", "", 60),
        ("http://a..b/", "m", "", 60),
        ("http://me:secret-1@h/", "m", "", 60),
        ("http://h/", "m\n", "", 60),
        ("http://h/", " ", "", 60),
        ("http://h/", "m", "secret-1\r\nX: y", 60),
        ("http://h/", "m", "secret-1 é", 60),
        ("http://h/", "m", "", 0),
        ("http://h/", "m", "", float("nan")),
        ("http://h/", "m", "", float("inf")),
    ],
)
def test_what_names_no_server_is_refused_without_repeating_secrets(url, model, key, seconds):
    with pytest.raises(ValueError, match="SCORER_") as refused:
        named_server(url, model, key, seconds)
    assert "secret-1" not in str(refused.value)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("gemma3:4b", "chat-1 gemma3:4b"),
        ("meta-llama/Llama-3.1-8B-Instruct", "chat-1 Llama-3.1-8B-Instruct"),
        ("/models/gemma-3-270m-q4_k_m.gguf", "chat-1 gemma-3-270m-q4_k_m"),
        ("Llama-3.3-70B-Instruct-Turbo-Reference-FP8", "chat-1 Llama-3.3-70B-Instruc…ference-FP8"),
        (".gguf", "chat-1 .gguf"),
    ],
)
def test_an_engine_is_named_by_its_model(model, name):
    server = Server("http://h/", model)
    assert server.engine_name == name
    assert len(name) <= Answer._meta.get_field("engine").max_length
    assert model_of(name) == server.short_model


@pytest.mark.parametrize("engine", ["", "minilm-2", "lexical-2"])
def test_engines_of_this_site_have_no_model(engine):
    assert model_of(engine) == ""
