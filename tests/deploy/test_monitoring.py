"""The dashboard and the alert rules: each metric and label value they name is in a scrape."""

import json
import re
from pathlib import Path

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from attempts.rules.save_verdicts import Verdict
from quizsite.metrics import interviews, registry
from quizsite.metrics.requests import count
from quizsite.watching.scrape import as_text

ROOT = Path(__file__).resolve().parents[2]
RULES = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboard.json").read_text())

ALERTS = {rule["alert"]: rule for group in RULES["groups"] for rule in group["rules"]}
QUERIES = {
    f"{panel['title']} {target['refId']}": target["expr"]
    for panel in DASHBOARD["panels"]
    for target in panel["targets"]
}
EXPRESSIONS = {name: rule["expr"] for name, rule in ALERTS.items()} | QUERIES


@pytest.fixture
def scraped(db, rf):
    """The names of all samples of a site that has done everything once."""
    for verdict in Verdict:
        interviews.count_save(verdict)
    for outcome in ("asked", "none", "not_ready"):
        interviews.count_follow_up(outcome)
    with interviews.reading_answer():
        pass
    count(rf.get("/"), 200, "home", 0.1)
    families = text_string_to_metric_families(as_text().decode())
    return [sample for family in families for sample in family.samples]


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_each_metric_exists_and_has_these_labels(scraped, expression):
    promql_parser.parse(expression)
    for name, matchers in re.findall(r"\b(quizsite_[a-z_]+)(\{[^}]*\})?", expression):
        samples = [sample for sample in scraped if sample.name == name]
        assert samples, name
        for label in re.findall(r"([a-z_]+)!?=", matchers):
            assert label in samples[0].labels, (name, label)
    for labels in re.findall(r"by \(([^)]*)\)", expression):
        known = {label for sample in scraped for label in sample.labels} | {"instance"}
        assert set(labels.split(", ")) <= known


def test_the_values_that_rules_name_are_values_that_occur():
    text = "\n".join(EXPRESSIONS.values())
    assert set(re.findall(r'verdict="(.+?)"', text)) <= set(Verdict)
    assert set(re.findall(r'outcome="(.+?)"', text)) <= {"asked", "none", "not_ready"}
    assert set(re.findall(r'status="(.+?)"', text)) <= {"5xx"}
    from django.urls import reverse

    for route in set(re.findall(r'route!?="(.+?)"', text)) - {"static"}:
        assert reverse(route, args=["7e2b6a52-7a4c-4a0e-9d1e-5b5f0b1c0a01"])


def test_an_alert_says_when_how_bad_and_what_to_do():
    assert len(ALERTS) == sum(len(group["rules"]) for group in RULES["groups"])
    for name, rule in ALERTS.items():
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}, name
        assert re.fullmatch(r"\d+[smh]", rule["for"])
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert set(rule["annotations"]) == {"summary", "action"}


def test_each_metric_is_on_the_dashboard():
    shown = "\n".join(QUERIES.values())
    of_processes = {m.name for m in registry.REGISTRY.collect() if not m.name.endswith("_created")}
    assert {name for name in of_processes if name not in shown} == set()


def test_the_dashboard_has_what_grafana_needs():
    assert {"title", "uid", "schemaVersion", "panels", "templating", "time"} <= set(DASHBOARD)
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(ids)) == len(ids)
    taken = set()
    for panel in DASHBOARD["panels"]:
        assert {"id", "type", "title", "gridPos", "targets", "datasource"} <= set(panel)
        assert panel["datasource"]["uid"] == "${datasource}"
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        assert max(x for x, _ in cells) < 24
        taken |= cells
