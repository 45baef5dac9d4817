"""Faults of the input: one small family, each with a cause that is shown and a sentence that helps.

Only these are caught, once, in ``engine``; anything else is a fault of ours and crashes.
"""

from __future__ import annotations


class InputError(Exception):
    """A file, a setting or a question is not as expected.

    ``cause`` is one word of the closed list that ``status`` counts by; the message names the thing,
    the place, what was expected and what to do.
    """

    cause = "damaged"

    def __init__(self, message: str, *, cause: str | None = None) -> None:
        super().__init__(message)
        if cause is not None:
            self.cause = cause


class ReadError(InputError):
    """A file that cannot be read; becomes a ``Failure`` with state ``failed``."""


class NeedsOcr(ReadError):
    """Pages are pictures and no recogniser is installed; state ``needs_ocr``."""

    cause = "scan"


class Skipped(ReadError):
    """A file that is left alone on purpose (lock file, thumbnail, classified); state ``skipped``."""

    cause = "lock"


class Empty(ReadError):
    """No bytes, or no text at all; state ``empty``."""

    cause = "empty"


class SettingsError(InputError):
    """A settings file says something the program does not know; exit code 2."""

    cause = "settings"


class QueryError(InputError):
    """A question that cannot be asked of this dataset; exit code 2."""

    cause = "query"
