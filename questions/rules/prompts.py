"""When two prompts ask the same. Pure."""

from questions.rules.texts import folded


def prompt_key(prompt: str) -> str:
    """Equal for prompts that ask a reader the same."""
    return folded(prompt)
