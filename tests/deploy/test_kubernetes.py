"""deploy/kubernetes fits the site, and its parts fit each other."""

import re
import shutil
import subprocess

import pytest
from django.core.management import get_commands

from tests.deploy import manifests

ROOT = manifests.FOLDER.parents[1]
PODS = manifests.pods()
SITE = {name: pod for name, pod in PODS.items() if name != "proxy"}
ENVIRONMENT = dict(
    line.split("=", 1)
    for line in (manifests.FOLDER / "settings.env").read_text().splitlines()
    if line and not line.startswith("#")
)
# Read by parts of the site that come with later changes; each leaves this list with its change.
COMING: set[str] = set()


def variables():
    """Names of all the settings that the pods get."""
    names = {
        one["name"]
        for pod in SITE.values()
        for container in manifests.containers(pod)
        for one in container["env"]
    }
    return names - {"DB_USER", "DB_PASSWORD"} | set(ENVIRONMENT)


@pytest.mark.parametrize("name", sorted(variables() - COMING))
def test_every_variable_is_read_by_the_site(name):
    sources = (path for app in ("quizsite", "attempts") for path in (ROOT / app).rglob("*.py"))
    assert any(re.search(rf'"{name}"', path.read_text()) for path in sources)


def test_every_command_exists():
    commands = set()
    for pod in SITE.values():
        for container in manifests.containers(pod):
            words = " ".join(container.get("command", []))
            commands |= set(re.findall(r"manage\.py (\w+)", words))
    assert {"finish_overdue", "make_suggestions", "migrate", "seed_questions"} <= commands
    assert commands - COMING <= set(get_commands())


def test_every_file_is_applied():
    files = {path.name for path in manifests.FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert files == set(manifests.KUSTOMIZATION["resources"])


@pytest.mark.parametrize("name", PODS)
def test_a_pod_may_do_nothing_that_it_need_not(name):
    pod = PODS[name]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is pod["enableServiceLinks"] is False
    for container in manifests.containers(PODS[name]):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])
        assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("name", ["web", "proxy"])
def test_a_rollout_has_no_gap(name):
    deployment = manifests.of_kind("Deployment")[name]["spec"]
    pod = deployment["template"]["spec"]
    (container,) = pod["containers"]
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert "readinessProbe" in container
    sleep = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert sleep + 60 < pod["terminationGracePeriodSeconds"]


def test_a_pod_is_asked_when_it_is_ready_and_ended_when_it_hangs():
    (container,) = PODS["web"]["spec"]["containers"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["startupProbe"]["httpGet"]["path"] == "/healthz"


def test_the_processes_of_the_site_have_the_same_settings():
    given = [manifests.containers(SITE[name])[0] for name in ("web", "sweep", "scorer")]
    assert given[0]["env"] == given[1]["env"] == given[2]["env"]
    assert given[0]["envFrom"] == given[1]["envFrom"] == given[2]["envFrom"]


def test_a_migration_goes_past_the_pooler_and_may_take_long():
    (container,) = manifests.containers(SITE["prepare"])
    given = {one["name"]: one.get("value") for one in container["env"]}
    assert "@db-rw:" in given["DATABASE_URL"]
    assert given["PGBOUNCER"] == "0"
    assert "DATABASE_STATEMENT_SECONDS=0 python manage.py migrate" in container["command"][-1]


def test_the_role_gets_the_time_outs_that_the_site_misses_otherwise():
    for container in manifests.containers(SITE["prepare"]):
        given = {one["name"]: one.get("value") for one in container["env"]}
        assert "DATABASE_STATEMENT_SECONDS" not in given


def test_whatever_is_selected_is_there():
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    for name, service in manifests.of_kind("Service").items():
        selected = service["spec"]["selector"].items()
        assert any(selected <= one.items() for one in labels), name
    for name, deployment in manifests.of_kind("Deployment").items():
        selected = deployment["spec"]["selector"]["matchLabels"].items()
        assert selected <= deployment["spec"]["template"]["metadata"]["labels"].items(), name
    (autoscaler,) = manifests.of_kind("HorizontalPodAutoscaler").values()
    assert autoscaler["spec"]["scaleTargetRef"]["name"] == "web"
    assert "replicas" not in manifests.of_kind("Deployment")["web"]["spec"]


def test_the_database_loses_nothing_that_was_acknowledged():
    cluster = manifests.of_kind("Cluster")["db"]["spec"]
    assert cluster["instances"] == 3
    assert cluster["postgresql"]["synchronous"] == {
        "method": "any",
        "number": 1,
        "dataDurability": "required",
    }
    assert (
        manifests.of_kind("Pooler")["db-pooler"]["spec"]["pgbouncer"]["poolMode"] == "transaction"
    )
    assert manifests.of_kind("ScheduledBackup")["db"]["spec"]["cluster"] == {"name": "db"}


def test_images_are_named_in_one_place():
    named = {image["name"] for image in manifests.KUSTOMIZATION["images"]}
    used = {c["image"] for pod in PODS.values() for c in manifests.containers(pod)}
    assert {image for image in used if ":" not in image} == named
    assert [image for image in used if image.endswith(":latest")] == []


def test_secrets_are_not_in_the_repository():
    assert manifests.of_kind("Secret") == {}
    assert [name for name in ENVIRONMENT if re.search("KEY|PASSWORD|TOKEN", name)] == []


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_the_proxy_understands_its_configuration(tmp_path):
    text = (manifests.FOLDER / "proxy.conf").read_text()
    text = text.replace("http://web:8000", "http://127.0.0.1:9").replace(
        "/var/cache", str(tmp_path)
    )
    (tmp_path / "nginx").mkdir()
    (tmp_path / "proxy.conf").write_text(text.replace("/tmp/nginx.pid", f"{tmp_path}/nginx.pid"))

    checked = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "proxy.conf"], capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stderr
