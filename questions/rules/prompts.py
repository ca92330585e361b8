"""When two prompts ask the same. Pure."""

from questions.rules.texts import folded


def prompt_key(prompt: str) -> str:
    """Equal for prompts that ask a reader the same."""
    return folded(prompt)


def ask_the_same(one: str, other: str) -> bool:
    return prompt_key(one) == prompt_key(other)
