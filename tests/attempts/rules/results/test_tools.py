"""Names of tools."""

import pytest

from attempts.rules.results.tools import TOOLS, WITH_CAPITAL, tools_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("We keep it in a registry.", []),
        ("Git, git and GIT again", ["Git"]),
        ("docker on kubernetes", ["docker", "Kubernetes".lower()]),
        ("We digit the gits and pandasaurus", []),
        ("a spark of hope in a beam", []),
        ("Spark reads Parquet from S3.", ["Spark", "Parquet", "S3"]),
        ("LightGBM and lightGBM, StandardScaler", ["LightGBM", "StandardScaler"]),
        ("GPUs, CPUs, APIs, the CI, SQL and NaN values in MLOps", []),
        ("Berlin and Anna", []),
        ("PostgreSQL is no Postgres", ["PostgreSQL", "Postgres"]),
        ("scikit-learn, then Vertex AI.", ["scikit-learn", "Vertex AI"]),
        ("Argo CD and Argo", ["Argo CD", "Argo"]),
        ("MLflow.", ["MLflow"]),
    ],
)
def test_tools(text, found):
    assert tools_in(text) == found


@pytest.mark.parametrize("name", [*TOOLS, *WITH_CAPITAL])
def test_each_name_of_the_lists_is_found(name):
    assert tools_in(f"we use {name}, daily") == [name]
