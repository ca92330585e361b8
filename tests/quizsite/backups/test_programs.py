"""Which of PostgreSQL's programs are taken."""

import pytest

from quizsite.backups import BackupError, programs
from quizsite.local import versions


def test_the_nearest_version_that_is_not_older_than_the_server():
    found = versions.with_programs("pg_dump")

    for major in found:
        assert programs.fitting("pg_dump", major) == found[major] / "pg_dump"
    assert programs.fitting("pg_dump", 1) == found[min(found)] / "pg_dump"
    assert programs.newest("pg_dump") == found[max(found)] / "pg_dump"


def test_one_line_says_what_is_needed_where_none_fits():
    with pytest.raises(BackupError) as refused:
        programs.fitting("pg_dump", 99)

    assert "postgresql-client-99" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("code", "words"), [(1, "code 1"), (-25, "ulimit -f"), (-9, "SIGKILL")])
def test_how_a_program_ended(code, words):
    assert words in programs.ending(code)
