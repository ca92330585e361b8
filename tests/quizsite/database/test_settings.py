"""What the environment makes of Django's DATABASES."""

from environs import Env

from quizsite.database.settings import database_settings

URL = "postgresql://nobody@127.0.0.1:9/none"


def test_options_in_the_database_url_are_added_to_the_time_outs():
    url = f"{URL}?options=-c%20search_path%3Dours&application_name=site"
    options = database_settings(Env(), url)["OPTIONS"]
    assert options["application_name"] == "site"
    assert "statement_timeout=8s" in options["options"]
    assert options["options"].endswith(" -c search_path=ours")
