"""What reporting refuses, in the manner of ``webapp.library.errors``."""

# ruff: noqa: N818 - a refusal is named for what it says

from webapp.library.errors import LibraryError


class NoText(LibraryError):
    """A report on a picture that has no decided text."""

    code = "no_text"

    def __init__(self) -> None:
        super().__init__("This picture has no decided text that could be wrong. Look at it again.")


class TooManyReports(LibraryError):
    """More reports than a reader may send, or than one picture may get, for now. ``seconds``: until the next."""

    code = "too_many_reports"

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        super().__init__(
            f"Too many reports came just now. Wait {minutes:,} minute{'s' * (minutes != 1)}, then send yours again."
        )
        self.seconds = seconds
