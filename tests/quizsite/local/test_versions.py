"""Which versions of PostgreSQL's programs are found."""

from quizsite.local import versions


def _program(folder, name, says):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
    (folder / name).chmod(0o755)


def test_programs_in_path_are_found_by_their_version(tmp_path, monkeypatch):
    _program(tmp_path / "a", "pg_dump", "pg_dump (PostgreSQL) 7.4.1")
    _program(tmp_path / "b", "pg_dump", "pg_dump (PostgreSQL) 6beta1 (some build)")
    _program(tmp_path / "c", "pg_dump", "something else")
    monkeypatch.setenv("PATH", f"{tmp_path}/a:{tmp_path}/b:{tmp_path}/c:{tmp_path}/none")

    found = versions.with_programs("pg_dump")

    assert (found[7], found[6]) == (tmp_path / "a", tmp_path / "b")
    assert tmp_path / "c" not in found.values()


def test_a_folder_counts_only_with_all_of_them(tmp_path, monkeypatch):
    _program(tmp_path / "a", "pg_dump", "pg_dump (PostgreSQL) 7.4.1")
    monkeypatch.setenv("PATH", str(tmp_path / "a"))

    assert 7 not in versions.with_programs("pg_dump", "pg_restore")


def test_a_program_that_does_not_run_has_no_version(tmp_path):
    assert versions.major_of(tmp_path / "none") is None
