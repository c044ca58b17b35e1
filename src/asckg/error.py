"""The one root of the errors that users see."""


class AsckgError(Exception):
    """Something a user can mend: the message says what is wrong, where, and what to do next."""


class EndpointError(AsckgError):
    """An endpoint that is down, slow, or answers what is not SPARQL; the message names it.

    `status` is what a gateway says of that over HTTP (RFC 9110, section 15.6): 502, 503 or 504.
    """

    def __init__(self, message: str, status: int = 502) -> None:
        super().__init__(message)
        self.status = status
