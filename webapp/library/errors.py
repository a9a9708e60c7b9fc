"""What the verbs of the library refuse: each with a stable code and a sentence that says what to do next."""

# ruff: noqa: N818 - a refusal is named for what it says, as Django names its own (PermissionDenied, TooManyFilesSent)


class LibraryError(Exception):
    """Base of every refusal. Pages show ``message``; the API answers with ``code`` and ``message``."""

    code = "library_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class QueueFull(LibraryError):
    """More images wait already than this installation takes."""

    code = "queue_full"


class QuotaExceeded(LibraryError):
    """More pictures than the operator lets a site, or a key, hand over in a day or a month."""

    code = "quota_exceeded"


class StorageFull(LibraryError):
    """Files or rows cannot be kept: the disk is full, or the data folder cannot be written."""

    code = "storage_full"

    def __init__(self) -> None:
        super().__init__(
            "There is no room on the disk of this server, so this was not done. Try again later, or tell the operator."
        )


class Busy(LibraryError):
    """The database does not answer in time."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("The database is busy, so this was not done. Try again in a minute.")


class NoImage(LibraryError):
    """Nothing was handed over."""

    code = "no_image"


class TooManyFiles(LibraryError):
    """More files than one upload may have."""

    code = "too_many_files"


class TextTooLong(LibraryError):
    """A text is longer than its field."""

    code = "text_too_long"


class EmptyText(LibraryError):
    """A decision without a text."""

    code = "text_empty"


class NotReady(LibraryError):
    """The image still waits for its draft."""

    code = "image_not_ready"


class StaleVersion(LibraryError):
    """Somebody decided on the image after the person saw it. ``alt_text`` is its text now, None where it has none."""

    code = "stale_version"

    def __init__(self, alt_text: str | None) -> None:
        now = f"the text is “{alt_text}” now" if alt_text else "it has no text now"
        super().__init__(
            f"Meanwhile this picture was decided elsewhere: {now}. Compare, and send yours again if it stays."
        )
        self.alt_text = alt_text


class NotUndoable(LibraryError):
    """The decision does not give the text any more, so it cannot be taken back."""

    code = "not_undoable"
