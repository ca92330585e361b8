"""Names of tools in an answer. Pure."""

import re

TOOLS = (
    *("Airflow", "Argo CD", "AWS", "Azure", "BentoML", "BigQuery", "Celery", "Conda", "CUDA"),
    *("Dagster", "Dask", "Databricks", "dbt", "Debian", "Delta Lake", "Django", "Docker", "DVC"),
    *("Elasticsearch", "FastAPI", "Flink", "GCP", "Git", "Grafana"),
    *("Hadoop", "Hugging Face", "Jenkins", "Jupyter", "Kafka", "Keras", "Kubeflow", "Kubernetes"),
    *("lakeFS", "LangChain", "Linux", "Metaflow", "MLflow", "MongoDB", "MySQL", "NumPy"),
    *("ONNX", "Optuna", "pandas", "Parquet", "pip", "Postgres", "PostgreSQL", "Power BI"),
    *("Prometheus", "pytest", "Python", "PyTorch", "RabbitMQ", "Redis", "Redshift", "S3"),
    *("SageMaker", "scikit-learn", "SciPy", "Seldon", "SHAP", "sklearn", "Snowflake", "SQLite"),
    *("Tableau", "TensorFlow", "Terraform", "Triton", "Ubuntu", "Vertex AI", "XGBoost"),
)  # fmt: skip
"""Known however they are written."""

WITH_CAPITAL = (
    *("Argo", "Beam", "Excel", "Feast", "Flask", "Great Expectations", "Helm", "Hive", "Iceberg"),
    *(
        "Java",
        "Julia",
        "LIME",
        "Pickle",
        "Poetry",
        "Prefect",
        "Presto",
        "Ray",
        "Rust",
        "Scala",
        "Spark",
        "Trino",
    ),
)
"""Common words too: known only with a capital letter."""

_NO_TOOLS = {"devops", "mlops", "nan", "nans", "phd", "poc"}


def _any_of(names: tuple[str, ...]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


_KNOWN = re.compile(f"(?i:{_any_of(TOOLS)})|{_any_of(WITH_CAPITAL)}")
_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"[A-Z]+s")


def tools_in(text: str) -> list[str]:
    """The names in order, each once, as it is written first: those on the lists, and words that
    mix small and capital letters. A plural such as GPUs is none."""
    found = [(match.start(), match[0]) for match in _KNOWN.finditer(text)]
    spans = [(start, start + len(name)) for start, name in found]
    found += [
        (match.start(), match[0])
        for match in _WORD.finditer(text)
        if _is_mixed(match[0]) and not any(s <= match.start() < e for s, e in spans)
    ]
    names: dict[str, str] = {}
    for _, name in sorted(found):
        names.setdefault(name.casefold(), name)
    return list(names.values())


def _is_mixed(word: str) -> bool:
    return (
        any(map(str.islower, word))
        and any(map(str.isupper, word[1:]))
        and not _PLURAL.fullmatch(word)
        and word.casefold() not in _NO_TOOLS
    )
