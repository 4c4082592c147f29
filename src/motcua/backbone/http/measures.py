"""How often each view is asked and how long it takes, in Prometheus' terms."""

from prometheus_client import Counter, Histogram

ANSWERS = Counter("motcua_http_requests_total", "Requests answered.", ["method", "view", "status"])
SECONDS = Histogram(
    "motcua_http_request_seconds",
    "How long an answer took.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def measure(method: str, view: str, status: int, seconds: float) -> None:
    """Count one answer of ``view``, which is a name and never an address."""
    ANSWERS.labels(method if method in _METHODS else "other", view, str(status)).inc()
    SECONDS.labels(view).observe(seconds)
