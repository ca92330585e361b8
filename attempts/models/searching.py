"""Full-text search in answers, by PostgreSQL.

The configuration is English: words are found in all their forms, and words as common as "the" are
not found at all. Names of things, such as "p99", are no English words and are found as they are.
"""

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchVector,
    SearchVectorField,
)
from django.db import connections
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import NullIf

from attempts.rules.history.search import END, MARK, SIGNS, web_query
from quizsite.database.replica.routing import alias_to_read

_CONFIG = "english"


def _spaced(field: str) -> Func:
    """A text with a space for every sign between words."""
    signs, spaces = Value(SIGNS), Value(" " * len(SIGNS))
    return Func(F(field), signs, spaces, function="TRANSLATE", output_field=TextField())


def searchable(field: str) -> NullIf:
    """What Answer.search is for the text of this field; null if no word in it can be found."""
    none = Value("", output_field=SearchVectorField())
    return NullIf(SearchVector(_spaced(field), config=_CONFIG), none)


def query_for(words: str) -> SearchQuery:
    """The query for a person's words. It is compared with Answer.search."""
    return SearchQuery(web_query(words), config=_CONFIG, search_type="websearch")


def marked(field: str, words: str) -> SearchHeadline:
    """The whole text of a field, as attempts.rules.history.search.snippet takes it."""
    return SearchHeadline(
        _spaced(field),
        query_for(words),
        config=_CONFIG,
        start_sel=MARK,
        stop_sel=END,
        highlight_all=True,
    )


def is_empty_query(words: str) -> bool:
    """Whether a search has only words that no search finds, such as "the"."""
    with connections[alias_to_read()].cursor() as cursor:
        sql = "SELECT numnode(websearch_to_tsquery(%s::regconfig, %s))"
        cursor.execute(sql, [_CONFIG, web_query(words)])
        return bool(cursor.fetchone() == (0,))
