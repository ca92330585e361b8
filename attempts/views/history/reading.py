"""Everything that the page of attempts shows, read as of one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from attempts.marking.open_points import ranges_of
from attempts.models import Attempt
from attempts.models.searching import is_empty_query
from attempts.owners import Owner
from attempts.views.history.cursor import Cursor
from attempts.views.history.filters import FilterForm, HistoryFilter, interviews_of, topics_of
from attempts.views.history.overview import Overview, newest_interviews, overview_of
from attempts.views.history.rows import HistoryPage, HistoryRow, read_page, rows_of, scores_of
from attempts.views.history.shares import topic_bars
from quizsite.database.one_moment import one_moment
from quizsite.database.replica.reading import reads_replica


@dataclass(frozen=True)
class History:
    """overview: None on a page that is the list alone. is_too_common: whether a search has found
    nothing because its words are those of every text.
    """

    form: FilterForm
    chosen: HistoryFilter
    page: HistoryPage
    rows: list[HistoryRow]
    overview: Overview | None
    is_too_common: bool

    @property
    def here(self) -> str:
        """The query of the address that brings all these rows back."""
        return self.chosen.address(through=self.page.last)

    @property
    def older(self) -> str:
        """The query of the address of the rows that come after these."""
        return self.chosen.address(before=self.page.last)

    @property
    def newest(self) -> str:
        return self.chosen.address()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to list, and nothing that another filter could list."""
        return not (self.rows or self.chosen or self.form.offers_something)


@reads_replica
def read_history(
    owner: Owner,
    sent: Mapping[str, object],
    before: Cursor | None,
    through: Cursor | None,
    *,
    now: datetime | None = None,
) -> History:
    """sent: the fields of the filter. now: for the overview; None if only the rows are needed."""
    with one_moment():
        topics = topic_bars(owner)
        form = FilterForm(sent, interviews=interviews_of(owner), topics=topics_of(topics))
        chosen = form.chosen()
        mine = Attempt.objects.owned_by(owner)
        page = read_page(chosen.select(mine), owner, before, through)
        has_overview = now is not None and not chosen
        interviews = newest_interviews(owner) if has_overview else []
        ranges = ranges_of(scores_of([*page.attempts, *interviews]))
        overview = None
        if now is not None and has_overview:
            overview = overview_of(owner, interviews, ranges, topics, now)
        rows = rows_of(page.attempts, ranges, chosen.words)
        is_too_common = bool(chosen.words) and not rows and is_empty_query(chosen.words)
    return History(form, chosen, page, rows, overview, is_too_common)
