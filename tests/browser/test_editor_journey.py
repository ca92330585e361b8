"""One question's life in the admin, from its first draft to a score that it changes, by clicks."""

import json

import pytest
from playwright.sync_api import expect

from attempts.models import Attempt
from questions.models import Question, Slot, Timing
from tests.browser.conftest import watched
from tests.browser.steps import box, press, requests_to
from tests.factories import (
    PASSWORD,
    InterviewFactory,
    TopicFactory,
    UserFactory,
    published_question,
)

pytestmark = pytest.mark.django_db(transaction=True)

OLD = "What does all-reduce do?"
NEW = "What does ring all-reduce do?"
POINTS = ["Every rank ends with the sum.", "It costs bandwidth.", "It is a barrier."]


def from_the_list(page, name):
    """From the admin's first page to the questions, and there to a link."""
    page.goto("/admin/")
    page.locator(".model-question").get_by_role("link", name="Questions").first.click()
    page.locator("#content-main").get_by_role("link", name=name, exact=True).click()


def field(page, name):
    return page.get_by_role("textbox", name=name, exact=True)


def save(page, said):
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text(said)


def as_candidate(page, prompt):
    """Look at the form as a candidate sees it, in a tab of its own."""
    with page.expect_popup() as opened:
        press(page, "Preview as a candidate")
    tab = opened.value
    expect(tab.get_by_role("heading", level=1)).to_have_text(prompt)
    expect(tab.get_by_role("note")).to_contain_text("nothing is stored")
    tab.close()


def take(page, interview):
    """As a guest: write an answer, finish, and tick the first of its points."""
    page.goto(interview.get_absolute_url())
    press(page, "Start interview")
    expect(page.get_by_role("heading", level=1)).to_have_text(OLD)
    box(page).fill("Caches help.")  # none of the points is suggested
    press(page, "Finish interview")
    press(page, "Finish interview")
    page.locator("#marks-1").get_by_label(POINTS[0]).check()
    expect(page.locator("#marked-1 p")).to_contain_text("1 of 3")
    expect(page.locator(".big")).to_have_text("33 / 100")


def upload(page, file, *outcomes):
    """Import the file as far as the table of what would happen; outcomes: what it counts."""
    from_the_list(page, "Import")
    page.get_by_label("File:").set_input_files(file)
    press(page, "Upload and preview")
    counted = page.get_by_role("navigation", name="Rows of the file").get_by_role("listitem")
    expect(counted).to_have_text(list(outcomes))


def log_in(page, editor):
    page.goto("/admin/")
    page.get_by_label("Username:").fill(editor.username)
    page.get_by_label("Password:").fill(PASSWORD)
    press(page, "Log in")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def write_and_publish(page):
    """A draft first, looked at before it is stored and after."""
    from_the_list(page, "Add question")
    field(page, "Prompt:").fill(OLD)
    field(page, "Key points:").fill("\n".join(POINTS))
    page.get_by_label("Topic:").select_option("Collectives")
    as_candidate(page, OLD)
    save(page, "was added successfully")
    question = Question.objects.get(topic__name="Collectives")
    assert question.status == "draft"
    as_candidate(page, OLD)
    page.get_by_label("Status:").select_option("published")
    save(page, "was changed successfully")
    return question


def correct(page):
    from_the_list(page, OLD)
    expect(page.get_by_text("1 person answered version 1.")).to_be_visible()
    field(page, "Prompt:").fill(NEW)
    page.get_by_label("What changed:").select_option("material")
    field(page, "Why:").fill("There are other kinds.")
    save(page, "The texts are now version 2.")


def compare_and_restore(page):
    page.get_by_role("link", name="Compare versions").click()
    expect(page.get_by_text("“There are other kinds.”")).to_be_visible()
    expect(page.locator("#content-main .difference ins")).to_have_text(["Added: ring "])
    page.get_by_role("link", name="Restore version 1").click()
    page.get_by_label("What changes:").select_option("material")
    field(page, "Why:").fill("It was meant in general.")
    press(page, "Restore version 1")
    expect(page.get_by_text("The texts of version 1 are restored.")).to_be_visible()
    expect(field(page, "Prompt:")).to_have_value(OLD)


def download_bank(page, folder):
    from_the_list(page, "Export")
    with page.expect_download() as download:
        press(page, "Download")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def drop_last_point(file):
    """As a colleague would who fixes the file elsewhere."""
    content = json.loads(file.read_text())
    for exported in content["questions"]:
        if exported["prompt"] == OLD:
            exported["key_points"].remove(POINTS[-1])
    file.write_text(json.dumps(content))


def regrade(page):
    from_the_list(page, OLD)
    page.get_by_role("link", name="Regrade").click()
    expect(page.get_by_role("row").last).to_contain_text("33.33 → 50.00")
    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    assert str(Attempt.objects.get().score) == "33.33"
    field(page, "Why:").fill("That point was too much.")
    press(page, "Regrade 1 answer")
    expect(page.get_by_text("1 answer regraded, 1 score changed.")).to_be_visible()


def find_and_keep_the_regrade(guest):
    """The candidate reads about the regrade, and setting and removing a tick does not undo it."""
    expect(guest.locator(".big")).to_have_text("50 / 100")
    expect(guest.get_by_role("heading", level=3, name=OLD)).to_be_visible()
    expect(guest.get_by_text("point 3 was withdrawn.")).to_contain_text("That point was too much.")
    expect(guest.locator("li.withdrawn")).to_contain_text("withdrawn, does not count")
    expect(guest.locator("#marked-1").get_by_text("Yours: 1 of 2")).to_be_visible()
    boxes = guest.locator("input[name=points]")
    expect(boxes).to_have_count(2)
    for score in ("100 / 100", "50 / 100"):
        boxes.last.click()
        expect(guest.locator(".big")).to_have_text(score)


def test_an_editor_writes_publishes_corrects_restores_moves_and_regrades_a_question(
    page, new_context, tmp_path
):
    TopicFactory(name="Collectives")
    other = published_question()
    tabs = []  # what the tabs that the editor opens complain about
    page.context.on("console", lambda said: said.type == "error" and tabs.append(said.text))
    log_in(page, UserFactory(is_staff=True, is_superuser=True))
    question = write_and_publish(page)
    interview = InterviewFactory(timing=Timing.TOTAL.value, seconds=600)
    Slot.objects.create(interview=interview, position=1, question=question)

    guest = watched(new_context().new_page())
    take(guest, interview)
    correct(page)
    guest.reload()
    expect(guest.get_by_role("heading", level=3, name=OLD)).to_be_visible()
    expect(guest.get_by_text("This question was corrected on")).to_be_visible()
    expect(guest.get_by_text(NEW)).to_have_count(1)  # what it asks now, beside what it asked

    compare_and_restore(page)
    question.refresh_from_db()
    assert (question.current_version.number, question.current_version.prompt) == (3, OLD)

    file = download_bank(page, tmp_path)
    upload(page, file, "0 wrong", "0 new", "0 changed", "2 unchanged")
    expect(page.get_by_text("There is nothing to import.")).to_be_visible()
    other.delete()
    drop_last_point(file)
    upload(page, file, "0 wrong", "1 new", "1 changed", "0 unchanged")
    page.get_by_role("link", name="1 changed").click()
    expect(page.get_by_role("cell", name="key_points")).to_be_visible()
    expect(page.locator(".exchange-rows del")).to_have_text(POINTS[-1])
    imports = requests_to(page, "/import/apply/")
    page.get_by_role("button", name="Import 2 questions").dblclick()
    expect(page.get_by_text("2 questions imported.")).to_be_visible()
    assert len(imports) == 1

    regrade(page)
    guest.reload()
    find_and_keep_the_regrade(guest)
    assert (guest.problems, tabs) == ([], [])
