"""The errors of the model library: each has a stable code and a sentence that says what to do next."""

from __future__ import annotations


class CaptionerError(Exception):
    """Base of every error that the library raises on purpose."""

    code = "captioner_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
