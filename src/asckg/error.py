"""The one root of the errors that users see."""


class AsckgError(Exception):
    """Something a user can mend: the message says what is wrong, where, and what to do next."""
