"""What somebody wants to import, and how."""

from dataclasses import dataclass
from pathlib import PurePath

from questions.formats import ExchangeFile
from questions.formats.fields.foreign_ids import system_name
from questions.models import Topic

SYSTEMS = {".xml": "Moodle", ".gift": "Moodle"}
"""Whose ids a file has, by the end of its name, where its reader does not say."""


@dataclass(frozen=True)
class Choices:
    """What an editor chooses for a whole file, having seen what it would do.

    add_topics: names of topics that the bank lacks and that are to be added. add_all_topics: all of
    these. as_in_file: questions and interviews get the status that they have in the file. source:
    the system that the file's ids are from.
    """

    add_topics: frozenset[str] = frozenset()
    add_all_topics: bool = False
    as_in_file: bool = False
    source: str = ""


@dataclass(frozen=True)
class ImportFile:
    """A file that somebody wants to import. fallback_topic: of new questions that name none."""

    name: str
    content: ExchangeFile
    fallback_topic: Topic | None = None
    may_add_topics: bool = True
    may_change_topics: bool = True
    may_write_interviews: bool = True
    choices: Choices = Choices()

    @property
    def system(self) -> str:
        """Whose ids the file has."""
        suffix = PurePath(self.name).suffix.lower()
        named = self.choices.source or self.content.system
        return system_name(named) or SYSTEMS.get(suffix, "another bank")
