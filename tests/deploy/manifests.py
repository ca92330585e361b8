"""The documents of deploy/kubernetes, read as kubectl does. Standard library and yaml only."""

from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())


def documents():
    """(name of the file, document) of everything that is applied."""
    for name in KUSTOMIZATION["resources"]:
        for document in yaml.safe_load_all((FOLDER / name).read_text()):
            yield name, document


def of_kind(*kinds):
    """Documents of these kinds, by name."""
    return {d["metadata"]["name"]: d for _, d in documents() if d["kind"] in kinds}


def pods():
    """The pod templates of ours, by the name of what makes them."""
    made = of_kind("Deployment", "Job")
    return {name: document["spec"]["template"] for name, document in made.items()}


def containers(template):
    return [*template["spec"].get("initContainers", []), *template["spec"]["containers"]]
