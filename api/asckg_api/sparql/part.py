"""The parts of a multipart/form-data body, each an RDF document."""

import re
from typing import NamedTuple

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError

from asckg_api.sparql.message import RefusalError, media_type_of

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)


class Part(NamedTuple):
    """One document: its media type without parameters, and its bytes."""

    media_type: str
    data: bytes


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """Return the documents in `body`; raise RefusalError where it is not well-formed."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise RefusalError(400, "multipart/form-data needs a boundary")
    parts: list[Part] = []
    field, value, data = bytearray(), bytearray(), bytearray()
    headers: dict[str, str] = {}
    whole = False

    def begin() -> None:
        headers.clear()
        data.clear()

    def end_header() -> None:
        headers[field.decode("latin-1").lower()] = value.decode("latin-1")
        field.clear()
        value.clear()

    def end() -> None:
        media_type, charset = media_type_of(headers.get("content-type", "text/turtle"))
        if charset not in ("", "utf-8", "utf8", "us-ascii"):
            raise RefusalError(415, f"the charset of a part is {charset}; RDF is sent as UTF-8")
        if headers.get("content-transfer-encoding", "binary").strip().lower() not in ("7bit", "8bit", "binary"):
            raise RefusalError(415, "a part is in a transfer encoding; send it as it is")
        parts.append(Part(media_type, bytes(data)))

    def end_all() -> None:
        nonlocal whole
        whole = True

    parser = MultipartParser(
        boundary[1].encode("latin-1"),
        {
            "on_part_begin": begin,
            "on_header_field": lambda chunk, start, stop: field.extend(chunk[start:stop]),
            "on_header_value": lambda chunk, start, stop: value.extend(chunk[start:stop]),
            "on_header_end": end_header,
            "on_part_data": lambda chunk, start, stop: data.extend(chunk[start:stop]),
            "on_part_end": end,
            "on_end": end_all,
        },
    )
    try:
        parser.write(body)
        parser.finalize()
    except MultipartParseError as error:
        raise RefusalError(400, f"the multipart body cannot be read: {error}") from error
    if not whole or not parts:
        raise RefusalError(400, f"the multipart body {'has no part' if whole else 'ends before its last boundary'}")
    return parts
