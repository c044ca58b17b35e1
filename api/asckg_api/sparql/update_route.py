"""`/update`: the update operation of the SPARQL 1.1 Protocol."""

from starlette.types import Receive, Scope, Send

from asckg_api.sparql.message import RefusalError
from asckg_api.sparql.operation import Operation


async def refuse_update(_scope: Scope, _receive: Receive, _send: Send, _operation: Operation) -> None:
    """Refuse an update on a server that only reads."""
    raise RefusalError(403, "this server only reads; start it with --writable to let it write")
