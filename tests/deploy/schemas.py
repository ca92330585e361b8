"""Hold deploy/kubernetes against published schemas: python -m tests.deploy.schemas [CRDS]

Kubernetes' own come with the package kubernetes-validate. CRDS: a folder with the operator's
(config/crd/bases of github.com/cloudnative-pg/cloudnative-pg); without it, its kinds are named and
not checked. Unknown fields are errors in both.
"""

import sys
from pathlib import Path

import jsonschema
import kubernetes_validate
import yaml

from tests.deploy import manifests

VERSIONS = ("1.30", "1.32", "1.34", "1.36")
OPERATOR = "postgresql.cnpg.io/"


def main(folder=None):
    schemas = operators_schemas(Path(folder)) if folder else {}
    wrong, checked, left_out = [], 0, []
    for name, document in manifests.documents():
        kind = document["kind"]
        try:
            if not document["apiVersion"].startswith(OPERATOR):
                for version in VERSIONS:
                    kubernetes_validate.validate(document, version, strict=True)
            elif kind in schemas:
                jsonschema.validate(document, schemas[kind])
            else:
                left_out.append(kind)
                continue
            checked += 1
        except jsonschema.ValidationError as error:
            where = ".".join(map(str, error.path))
            wrong.append(f"{name}: {kind} {where}: {error.message}")
    print(f"{checked} documents hold in Kubernetes {', '.join(VERSIONS)}" if not wrong else "")
    if left_out:
        print(f"Not checked, because their schemas are not given: {', '.join(left_out)}")
    print("\n".join(wrong), end="")
    return 1 if wrong else 0


def operators_schemas(folder):
    """The schemas of the operator's kinds, by kind."""
    found = {}
    for path in folder.glob("*.yaml"):
        definition = yaml.safe_load(path.read_text())
        schema = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
        for name, part in schema["properties"].items():
            if name != "metadata":
                _make_strict(part)
        found[definition["spec"]["names"]["kind"]] = schema
    return found


def _make_strict(part):
    """As a server does it: no unknown fields, and numbers that may be texts."""
    if isinstance(part, dict):
        if "properties" in part and not part.get("x-kubernetes-preserve-unknown-fields"):
            part.setdefault("additionalProperties", False)
        if part.get("x-kubernetes-int-or-string"):
            part.pop("type", None)
    for inner in part.values() if isinstance(part, dict) else part:
        if isinstance(inner, dict | list):
            _make_strict(inner)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
