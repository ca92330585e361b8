"""What an engine says of a key point. Pure. attempts/statistics/compute.sql has the same rule."""

from enum import StrEnum


class Finding(StrEnum):
    """In the words of the pages."""

    FOUND = "found"
    UNSURE = "unsure"
    OPPOSITE = "says the opposite?"
    MISSING = "not found"


def finding(covered: bool, evidence: str | None, opposite: str | None) -> Finding:
    """evidence: words of the answer that may make the point. opposite: what they are against."""
    if covered:
        return Finding.FOUND
    if opposite is not None:
        return Finding.OPPOSITE
    return Finding.UNSURE if evidence else Finding.MISSING
