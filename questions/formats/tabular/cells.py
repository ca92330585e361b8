"""What a cell of a table holds: a text, nothing, or what a spreadsheet or program left there.

A cell that a spreadsheet would take for a formula gets an apostrophe in front when it is written,
and so does a text that reads like an error or an empty value. Reading takes the apostrophe away:
https://owasp.org/www-community/attacks/CSV_Injection
"""

import re

_ERRORS = re.compile(
    r"#(?:N/?A|N/?V|N/?D|NV|REF!|¡REF!|BEZUG!|VALUE!|WERT!|VALEUR!|¡VALOR!|VALOR!|DIV/0!|NAME\?|NOM\?|"
    r"¿NOMBRE\?|NOME\?|NULL!|NUM!|ZAHL!|NOMBRE!|¡NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|"
    r"UNKNOWN!|EXTERNAL!|PYTHON!|TIMEOUT!|GETTING_DATA|ERROR!|CIRC!|####*)|ERR:\d{3}|LOADING\.\.\.",
    re.IGNORECASE,
)
_NO_VALUES = re.compile(r"nan|<na>|nat|none|null|nil|n/a|undefined|\(null\)", re.IGNORECASE)
# A cell that has the apostrophe already gets another one, so that reading gives it back as it was.
_FORMULA = r"[=+\-@\t\r].*"
_WORD = rf"\s*(?:{_ERRORS.pattern}|{_NO_VALUES.pattern})\s*"
_DANGEROUS = re.compile(rf"'*(?:{_FORMULA}|{_WORD})", re.DOTALL | re.IGNORECASE)
_DISARMED = re.compile(rf"'+(?:{_FORMULA}|{_WORD})", re.DOTALL | re.IGNORECASE)


def disarm(cell: str) -> str:
    """A cell that is only text to every spreadsheet; `rearm` gives the original back."""
    return f"'{cell}" if _DANGEROUS.fullmatch(cell) else cell


def rearm(cell: str) -> str:
    return cell[1:] if _DISARMED.fullmatch(cell) else cell


def is_error(cell: str) -> bool:
    """Whether a cell holds a spreadsheet's error, such as #N/A or #REF!."""
    return bool(_ERRORS.fullmatch(cell.strip()))


def is_no_value(cell: object) -> bool:
    """Whether a cell is what programs write for an empty one, such as NaN, None or null."""
    return isinstance(cell, str) and bool(_NO_VALUES.fullmatch(cell.strip()))
