"""The bundles as Django's finders give them."""

from pathlib import Path

from django.contrib.staticfiles import finders

from quizsite.staticfiles.bundles import BUNDLES
from quizsite.staticfiles.finder import BundleFinder


def test_each_bundle_is_found_and_listed():
    listed = {name: storage.path(name) for name, storage in BundleFinder().list([])}
    assert set(listed) == set(BUNDLES)
    assert all(Path(path).read_text() for path in listed.values())
    for name in BUNDLES:
        assert Path(finders.find(name)).read_text() == Path(listed[name]).read_text()


def test_other_names_are_none_of_its_business():
    finder = BundleFinder()
    assert finder.find("js/room/room.js") == []
    assert finder.find("bundles/../js/room/room.js") == []
    assert finder.find("js/room/room.js", find_all=True) == []
    assert finders.find("css/nowhere.css") is None
    assert finders.find("js/room/room.js")


def test_a_changed_script_is_in_the_bundle_at_once(settings, tmp_path):
    folder = tmp_path / "static" / "js" / "page"
    folder.mkdir(parents=True)
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    (folder / "page.js").write_text("one();\n")
    finder = BundleFinder()
    assert "one()" in Path(finder.find("bundles/page.js")).read_text()
    (folder / "page.js").write_text("two();\n")
    assert "two()" in Path(finder.find("bundles/page.js")).read_text()
