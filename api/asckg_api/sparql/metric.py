"""What operators watch: counts, latencies, the queue, kills and the cache, for Prometheus."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.types import Receive, Scope, Send

from asckg_api.sparql.message import send_whole
from asckg_api.sparql.serving import Serving

CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class _State:
    """Reads the pool and the cache when they are asked for."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of this moment."""
        pool, cache = self.serving.pool, self.serving.cache
        queries = CounterMetricFamily("asckg_pool_events", "What happened to workers and queries", labels=["event"])
        for event, total in pool.counts.items():
            queries.add_metric([event], total)
        yield queries
        answers = CounterMetricFamily("asckg_cache_lookups", "Look-ups in the cache of answers", labels=["result"])
        answers.add_metric(["hit"], cache.hits)
        answers.add_metric(["miss"], cache.misses)
        yield answers
        yield GaugeMetricFamily("asckg_cache_bytes", "Bytes of answers kept", value=cache.held)
        yield GaugeMetricFamily("asckg_queue_length", "Queries that wait", value=len(pool.schedule.waiting))
        running = GaugeMetricFamily("asckg_running_queries", "Queries that run", labels=["lane"])
        running.add_metric(["quick"], pool.schedule.places_used())
        running.add_metric(["heavy"], pool.schedule.heavy())
        yield running
        build = GaugeMetricFamily("asckg_data", "The version of the data that is served", labels=["version"])
        build.add_metric([pool.version], 1)
        yield build


class Metrics:
    """Counts requests and shows all counts at `/metrics`."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.registry = CollectorRegistry()
        self.registry.register(_State(serving))
        self._requests = Counter(
            "asckg_requests", "Requests answered", ["route", "method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "asckg_request_seconds", "Time until the last byte", ["route"], registry=self.registry, buckets=_BUCKETS
        )

        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Note one request that was answered."""
        key = (route, method, status)
        found = self._children.get(key)
        if found is None:  # looking a child up by its labels costs more than counting
            found = (self._requests.labels(route, method, str(status)), self._seconds.labels(route))
            self._children[key] = found
        found[0].inc()
        found[1].observe(seconds)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        body = generate_latest(self.registry)
        await send_whole(scope, send, 200, [(b"content-type", CONTENT_TYPE), (b"cache-control", b"no-store")], body)
