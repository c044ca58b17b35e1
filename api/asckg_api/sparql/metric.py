"""What operators watch: counts, latencies, the queue, kills and the cache, for Prometheus."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.utils import floatToGoString
from starlette.types import Receive, Scope, Send

from asckg_api.sparql.cross_origin import READING, answered_by_method
from asckg_api.sparql.message import send_whole
from asckg_api.sparql.serving import Serving

CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counts requests and shows all counts at `/metrics`.

    Requests are counted in plain numbers and put into the library's form only when someone asks: its own counters
    take a lock for each of the five that a request would touch.
    """

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.registry = CollectorRegistry()
        self._requests: dict[tuple[str, str, int], int] = {}
        self._buckets: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}
        self.registry.register(self)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Note one request that was answered."""
        key = (route, method, status)
        self._requests[key] = self._requests.get(key, 0) + 1
        buckets = self._buckets.get(route)
        if buckets is None:
            buckets = self._buckets[route] = [0] * (len(_BUCKETS) + 1)
            self._seconds[route] = 0.0
        buckets[bisect_left(_BUCKETS, seconds)] += 1
        self._seconds[route] += seconds

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of this moment."""
        requests = CounterMetricFamily("asckg_requests", "Requests answered", labels=["route", "method", "status"])
        for (route, method, status), total in self._requests.items():
            requests.add_metric([route, method, str(status)], total)
        yield requests
        seconds = HistogramMetricFamily("asckg_request_seconds", "Time until the last byte", labels=["route"])
        bounds = [*map(floatToGoString, _BUCKETS), "+Inf"]
        for route, buckets in self._buckets.items():
            below = list(zip(bounds, accumulate(buckets), strict=True))
            seconds.add_metric([route], below, self._seconds[route])
        yield seconds
        yield from self._state()

    def _state(self) -> Iterator[Metric]:
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
        yield GaugeMetricFamily("asckg_queue_length", "Queries that wait", value=pool.schedule.queued())
        running = GaugeMetricFamily("asckg_running_queries", "Queries that run", labels=["lane"])
        running.add_metric(["quick"], pool.schedule.places_used())
        running.add_metric(["heavy"], pool.schedule.overstaying)
        yield running
        build = GaugeMetricFamily("asckg_data", "The version of the data that is served", labels=["version"])
        build.add_metric([pool.version], 1)
        yield build

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        if await answered_by_method(scope, send, (), READING):
            return
        body = generate_latest(self.registry)
        await send_whole(scope, send, 200, [(b"content-type", CONTENT_TYPE), (b"cache-control", b"no-store")], body)
