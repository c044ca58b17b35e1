"""The service's paths in the application's OpenAPI: they are plain ASGI, so the framework does not see them."""

from typing import Any

from fastapi import FastAPI

from asckg.engine.pool.format import GRAPH_FORMATS, RESULT_FORMATS

_ROWS = [one.media_type for one in RESULT_FORMATS]
_RDF = [one.media_type for one in GRAPH_FORMATS]
_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
_TEXT = {"schema": {"type": "string"}}


def _answers(media_types: list[str], *statuses: int) -> dict[str, Any]:
    found: dict[str, Any] = {str(status): {"description": "A problem.", **_PROBLEM} for status in statuses}
    if media_types:
        found["200"] = {"description": "The answer.", "content": dict.fromkeys(media_types, _TEXT)}
    return found


def _parameter(name: str, words: str, *, required: bool = False, many: bool = False) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "array", "items": {"type": "string"}} if many else {"type": "string"}
    return {"name": name, "in": "query", "description": words, "required": required, "schema": kind}


_DATA_SET = [
    _parameter("default-graph-uri", "Graphs that make up the default graph.", many=True),
    _parameter("named-graph-uri", "Graphs that GRAPH can name.", many=True),
    _parameter("timeout", "Seconds that the query may take, at most the server's limit."),
]
_GRAPH = [_parameter("graph", "The IRI of the graph."), _parameter("default", "The default graph; no value.")]
_WROTE = {"201": {"description": "Written to a new graph."}, "204": {"description": "Written."}}
_BEARER: list[dict[str, list[str]]] = [{"token": []}]


def _body(*media_types: str) -> dict[str, Any]:
    return {"required": True, "content": dict.fromkeys(media_types, _TEXT)}


def _operation(summary: str, responses: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"tags": ["sparql"], "summary": summary, "responses": responses, **more}


_ASKED = _answers([*_ROWS, *_RDF], 400, 403, 406, 429, 503, 504)
_UPDATED = {**_answers([], 400, 401, 403, 413, 415, 503, 504), **_WROTE}

PATHS: dict[str, Any] = {
    "/sparql": {
        "get": _operation(
            "Ask a query; without one, the description of the service.",
            _ASKED,
            parameters=[_parameter("query", "A SPARQL 1.1 query."), *_DATA_SET],
        ),
        "post": _operation(
            "Ask a query.",
            {**_ASKED, **_answers([], 413, 415)},
            parameters=_DATA_SET,
            requestBody=_body("application/sparql-query", "application/x-www-form-urlencoded"),
        ),
    },
    "/update": {
        "post": _operation(
            "Change graphs of your own.",
            _UPDATED,
            security=_BEARER,
            requestBody=_body("application/sparql-update", "application/x-www-form-urlencoded"),
        )
    },
    "/graphs": {
        "get": _operation("Read a graph.", _answers(_RDF, 400, 404, 406), parameters=_GRAPH),
        **{
            method: _operation(words, _UPDATED, parameters=_GRAPH, security=_BEARER, requestBody=_body(*_RDF[:4]))
            for method, words in (("put", "Replace a graph."), ("post", "Add to a graph, or make a new one."))
        },
        "delete": _operation("Delete a graph.", {**_UPDATED, **_answers([], 404)}, parameters=_GRAPH, security=_BEARER),
    },
    "/.well-known/void": {"get": _operation("Read what the data set holds.", _answers(_RDF, 406))},
    "/health/live": {"get": _operation("Learn whether the server runs.", _answers(["application/json"]))},
    "/health/ready": {"get": _operation("Learn whether it can answer.", _answers(["application/json"], 503))},
    "/metrics": {"get": _operation("Read the counts for Prometheus.", _answers(["text/plain"]))},
}


def describe_paths(app: FastAPI) -> None:
    """Add the service's paths to what `app` says of itself at `/openapi.json`."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        schema["paths"] = {**PATHS, **schema["paths"]}
        schemes = schema.setdefault("components", {}).setdefault("securitySchemes", {})
        schemes["token"] = {"type": "http", "scheme": "bearer"}
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents
