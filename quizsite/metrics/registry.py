"""What this process counts, by name. Of several processes of one server, each adds to the sums:
prometheus_client keeps the numbers in files where PROMETHEUS_MULTIPROC_DIR names a folder.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)

disable_created_metrics()  # when each series began: twice as much to read, and nobody does
REGISTRY = CollectorRegistry(auto_describe=True)

REQUEST_SECONDS = Histogram(
    "quizsite_request_seconds",
    "Requests answered, and how long that took",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
SAVES = Counter(
    "quizsite_saves", "Texts that reached the server, by verdict", ["verdict"], registry=REGISTRY
)
SCORING_SECONDS = Histogram(
    "quizsite_scoring_seconds",
    "Answers read for their key points, and how long that took",
    ["engine"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=REGISTRY,
)
FOLLOW_UPS = Counter(
    "quizsite_follow_ups",
    "Submitted answers that a follow-up might have come after: asked, none, not ready in time",
    ["outcome"],
    registry=REGISTRY,
)
POOL_REQUESTS = Counter(
    "quizsite_pool_requests", "Connections that were asked for", registry=REGISTRY
)
POOL_WAITED = Counter(
    "quizsite_pool_waited", "Of these, how many had to wait for a free one", registry=REGISTRY
)
POOL_WAIT_SECONDS = Counter(
    "quizsite_pool_wait_seconds", "How long they waited, all together", registry=REGISTRY
)
POOL_FAILURES = Counter("quizsite_pool_failures", "Of these, how many got none", registry=REGISTRY)
POOL_SIZE = Gauge(
    "quizsite_pool_connections",
    "Connections that processes have open now, by what they are at",
    ["state"],
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
POOL_WAITING = Gauge(
    "quizsite_pool_waiting",
    "Threads that wait for a connection now",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
CPU_SECONDS = Counter(
    "quizsite_process_cpu_seconds", "CPU time, of all processes together", registry=REGISTRY
)
MEMORY_BYTES = Gauge(
    "quizsite_process_resident_bytes",
    "Memory of each process",
    registry=REGISTRY,
    multiprocess_mode="liveall",
)
