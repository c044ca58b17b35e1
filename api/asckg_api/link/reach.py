"""Routes that any site may read, their errors too."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

ANY_SITE = {"Access-Control-Allow-Origin": "*"}


class Open(APIRoute):
    """A route whose errors any site may read too: without the header a browser tells its page of no answer at all."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, its errors with the header that `answer` gives."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except HTTPException as error:
                raise HTTPException(error.status_code, error.detail, {**(error.headers or {}), **ANY_SITE}) from error
            except RequestValidationError as error:
                said = "; ".join(f"{item['loc'][-1]}: {item['msg']}" for item in error.errors())
                raise HTTPException(400, said, ANY_SITE) from error

        return handle
