"""`/health/live` and `/health/ready`: whether the server runs, and whether it can answer."""

import json

from starlette.types import Receive, Scope, Send

from asckg_api.sparql.cross_origin import READING, answered_by_method
from asckg_api.sparql.message import send_whole
from asckg_api.sparql.serving import Serving

_HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]


class Health:
    """Answers both questions; ready is 503 while there are no data or the server stops."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        if await answered_by_method(scope, send, (), READING):
            return
        pool = self.serving.pool
        ready = bool(pool.version) and not pool.closed
        asked_ready = str(scope["path"]).endswith("/ready")
        report: dict[str, object] = {"status": "ok" if ready or not asked_ready else "not ready"}
        if pool.generation is not None:
            held = "memory" if pool.generation.in_memory else "disk"
            enforced = {"network": pool.generation.bars, "data": held}
            report |= {"data": pool.version, "workers": len(pool.generation.workers), "isolation": enforced}
        await send_whole(scope, send, 503 if asked_ready and not ready else 200, _HEADERS, json.dumps(report).encode())
