"""Superscripts and subscripts as characters, where there are such characters for all of them."""

_SUPERSCRIPTS = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿ",
)
_SUBSCRIPTS = str.maketrans(
    "0123456789+-−–=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
)
_RAISED_ALREADY = {ord(char): ord(char) for char in "®™℠°†‡′″*"}
_TABLES = {"sup": _SUPERSCRIPTS | _RAISED_ALREADY, "sub": _SUBSCRIPTS}
SIGNS = {"sup": "^", "sub": "_"}
"""Before what has no such characters, in brackets: e^(x/2)."""
NAMES = {"sup": "superscript", "sub": "subscript"}


def can_shift(words: str, shift: str) -> bool:
    return all(ord(char) in _TABLES[shift] or char.isspace() for char in words)


def shifted(words: str, shift: str) -> str:
    """The words raised (sup) or lowered (sub). can_shift has said that they can be."""
    return words.translate(_TABLES[shift])
