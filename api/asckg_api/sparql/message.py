"""Read a request and send a response over ASGI, without a framework between."""

import asyncio
import re
from binascii import a2b_qp
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.types import Message, Receive, Scope, Send

Pairs = list[tuple[str, str]]
Headers = list[tuple[bytes, bytes]]
_HOST = re.compile(r"[A-Za-z0-9._~%!$&'()*+;=:\[\]-]+")  # RFC 3986, section 3.2.2, without the comma of two fields
BODY_TIME = 30.0  # seconds in which a body must arrive
_LONE_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class RefusalError(Exception):
    """A request that is answered with a problem document."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **extra: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = extra


def header(scope: Scope, name: bytes) -> str:
    """Return the value of a request header, several joined by commas, an empty string where there is none."""
    values = [value for key, value in scope["headers"] if key == name]
    if not values:
        return ""
    return (values[0] if len(values) == 1 else b",".join(values)).decode("latin-1")


def parse_pairs(data: bytes, where: str) -> Pairs:
    """Return the names and values of a URL-encoded string; raise RefusalError where it is not UTF-8."""
    pairs: Pairs = []
    for part in data.split(b"&"):
        if part:
            name, _, value = part.partition(b"=")
            pairs.append((decode(name, where), decode(value, where)))
    return pairs


def decode(value: bytes, where: str) -> str:
    """Return a percent-decoded name or value of a URL-encoded string; raise RefusalError where it is not UTF-8."""
    plain = value.replace(b"+", b" ")
    if b"%" in plain:
        if _LONE_PERCENT.search(plain):
            plain = unquote_to_bytes(plain)
        else:  # quoted-printable is the same with another sign, and its decoder is not in Python
            plain = a2b_qp(plain.replace(b"=", b"=3D").replace(b"%", b"="))
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"the {where} is not UTF-8 after percent-decoding; encode it as UTF-8") from error


def one(pairs: Pairs, name: str) -> str | None:
    """Return the value of a parameter that may stand once, None where it does not; raise RefusalError for several."""
    values = [value for key, value in pairs if key == name]
    if len(values) > 1:
        raise RefusalError(400, f"there are {len(values)} parameters {name!r}; send one")
    return values[0] if values else None


def several(pairs: Pairs, name: str) -> tuple[str, ...] | None:
    """Return the values of a parameter that may stand often, None where it does not stand at all."""
    values = tuple(value for key, value in pairs if key == name)
    return values or None


def content_type(scope: Scope) -> tuple[str, str]:
    """Return the media type of the body and its charset, both in lower case and empty where not given."""
    return media_type_of(header(scope, b"content-type"))


def media_type_of(value: str) -> tuple[str, str]:
    """Return the media type and the charset that a `Content-Type` names, as `content_type` does."""
    media_type, *parameters = value.split(";")
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return media_type.strip().lower(), charset


def text_of(data: bytes, charset: str) -> str:
    """Return a body as text; raise RefusalError unless it is UTF-8 and says nothing else."""
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise RefusalError(415, f"the charset is {charset}; SPARQL over HTTP is UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"the body is not UTF-8 (byte {error.start}); encode it as UTF-8") from error


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Return the whole body; raise RefusalError over `limit` bytes or when it does not arrive in time."""
    too_large = RefusalError(
        413, f"the body is larger than {limit} bytes, the most that is taken here", {"Connection": "close"}
    )
    encoding = header(scope, b"content-encoding").lower()
    if encoding not in ("", "identity"):
        raise RefusalError(
            415, f"the body is compressed ({encoding}); send it as it is", {"Accept-Encoding": "identity"}
        )
    declared = header(scope, b"content-length")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIME):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RefusalError(400, "the body ended early")
                body += message.get("body", b"")
                if len(body) > limit:
                    raise too_large
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError as error:
        raise RefusalError(408, f"the body did not arrive within {BODY_TIME:.0f} s") from error


async def send_whole(
    scope: Scope, send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes
) -> None:
    """Send a response that is at hand, without its body for HEAD."""
    size = (b"content-length", str(len(body)).encode())
    start: Message = {"type": "http.response.start", "status": status, "headers": [*headers, size]}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def base_url(scope: Scope) -> str:
    """Return the address of this server as the client knows it, root path included, no slash at the end."""
    host = header(scope, b"host")
    if host and not _HOST.fullmatch(host):
        raise RefusalError(400, f"{host!r} is not the name of a host")
    if not host:
        name, port = scope.get("server") or ("localhost", None)
        host = f"{name}:{port}" if port else str(name)
    root: Any = scope.get("root_path", "")
    return f"{scope.get('scheme', 'http')}://{host}{root}".rstrip("/")
