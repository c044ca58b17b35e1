"""The parts of a multipart/form-data body, each an RDF document."""

import re
from typing import NamedTuple

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError

from asckg_api.sparql.message import RefusalError

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

    def begin() -> None:
        headers.clear()
        data.clear()

    def end_header() -> None:
        headers[field.decode("latin-1").lower()] = value.decode("latin-1")
        field.clear()
        value.clear()

    def end() -> None:
        media_type = headers.get("content-type", "text/turtle").split(";")[0].strip().lower()
        parts.append(Part(media_type, bytes(data)))

    parser = MultipartParser(
        boundary[1].encode("latin-1"),
        {
            "on_part_begin": begin,
            "on_header_field": lambda chunk, start, stop: field.extend(chunk[start:stop]),
            "on_header_value": lambda chunk, start, stop: value.extend(chunk[start:stop]),
            "on_header_end": end_header,
            "on_part_data": lambda chunk, start, stop: data.extend(chunk[start:stop]),
            "on_part_end": end,
        },
    )
    try:
        parser.write(body)
        parser.finalize()
    except MultipartParseError as error:
        raise RefusalError(400, f"the multipart body cannot be read: {error}") from error
    return parts
