"""The server of the Model Context Protocol: tools that read the graph, none that writes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from asckg import __version__
from asckg.caveat import CAVEAT
from asckg.engine.pool import Limits
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg.mcp.cite import Document
from asckg.mcp.desk import Desk
from asckg.mcp.runner import LIMITS, Runner

INSTRUCTIONS = (
    f"A knowledge graph of adult social care research. {CAVEAT} Search first, then open things and cite claims. "
    "Quote a claim only with the positions of its sentences, tell literature from stakeholder testimony, say when a "
    "claim was inferred, and where an answer says that it has no sources, say so too. Prefixes: asc (terms), r "
    "(things), v (concepts), skos, prov, cito."
)
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
Name = Annotated[str, Field(description="An IRI, a prefixed name such as r:org-nihr, or a local name.")]


def make_server(graph: Graph, limits: Limits = LIMITS) -> MCPServer[Desk]:
    """Return a server on a built graph; its workers start and end with it."""
    held: list[Desk] = []

    @asynccontextmanager
    async def lifespan(_: MCPServer[Desk]) -> AsyncIterator[Desk]:
        async with Runner.on(graph, limits) as runner:
            held.append(Desk(graph, runner))
            try:
                yield held[0]
            finally:
                held.clear()

    server = MCPServer("asckg", version=__version__, instructions=INSTRUCTIONS, lifespan=lifespan, log_level="WARNING")
    _add_lookups(server, lambda: held[0])
    _add_queries(server, lambda: held[0])
    return server


def _add_lookups(server: MCPServer[Desk], desk: Callable[[], Desk]) -> None:
    @server.tool(annotations=_READS)
    async def search(
        text: str,
        kind: Annotated[str | None, Field(description="Only this kind: organisation, barrier, work …")] = None,
        limit: Annotated[int, Field(ge=1, le=200)] = 10,
    ) -> dict[str, Any]:
        """Find things by label, alias, acronym or the words of a claim. Forgives typing errors."""
        return await _told(lambda: desk().search(text, kind, limit))

    @server.tool(annotations=_READS)
    async def open_entity(name: Name) -> dict[str, Any]:
        """Open one thing: its kinds, facts, and its claims with sentences and works."""
        return await _told(lambda: desk().open_entity(name))

    @server.tool(annotations=_READS)
    async def find_claims(
        about: Annotated[str | None, Field(description="A thing, a work or a sentence.")] = None,
        basis: Annotated[str | None, Field(description="literature, stakeholder-testimony or author")] = None,
        setting: Annotated[str | None, Field(description="A setting such as care-home or local-authority.")] = None,
    ) -> dict[str, Any]:
        """Find claims about a thing, on a basis, in a setting. Give at least one of the three."""
        return await _told(lambda: desk().claims(about, basis, setting))

    @server.tool(annotations=_READS)
    async def cite_claims(names: list[str]) -> dict[str, Any]:
        """Cite claims: paraphrase, sentence positions, basis, and the works as formatted references."""
        return await _told(lambda: desk().cite(names))


def _add_queries(server: MCPServer[Desk], desk: Callable[[], Desk]) -> None:
    @server.tool(annotations=_READS)
    async def query(sparql: str) -> dict[str, Any]:
        """Run a read-only SPARQL 1.1 query. Ten seconds, 4 MiB, 200 rows shown; known prefixes need no PREFIX line."""
        return await _awaited(lambda: desk().query(sparql))

    @server.tool(annotations=_READS)
    async def list_questions(about: str = "") -> dict[str, Any]:
        """List the prepared questions with their parameters, all or those whose words hold `about`."""
        return await _told(lambda: desk().list_questions(about))

    @server.tool(annotations=_READS)
    async def ask_question(name: str, parameters: dict[str, str] | None = None) -> dict[str, Any]:
        """Ask a prepared question by its name, with its parameters."""
        return await _awaited(lambda: desk().ask_question(name, parameters or {}))


async def _told(call: Callable[[], Document]) -> Document:
    try:
        return call()
    except AsckgError as error:
        raise ToolError(str(error)) from error


async def _awaited(call: Callable[[], Awaitable[Document]]) -> Document:
    try:
        return await call()
    except AsckgError as error:
        raise ToolError(str(error)) from error
