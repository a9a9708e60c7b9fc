"""What audits refuse: each with a stable code and a sentence that says what to do next."""

# ruff: noqa: N818 - a refusal is named for what it says, as in webapp.library.errors

from webapp.library.errors import LibraryError


class SourceTooLarge(LibraryError):
    """The HTML that was handed over is larger than a page may be."""

    code = "page_too_large"


class NoPage(LibraryError):
    """Neither an address nor HTML was handed over."""

    code = "no_page"


class NothingToDescribe(LibraryError):
    """No image of the audit waits for a description."""

    code = "nothing_to_describe"


class CannotLookAgain(LibraryError):
    """The pages of the audit did not come from the web, or are being looked at."""

    code = "cannot_look_again"


class ArchiveUnusable(LibraryError):
    """An archive cannot be read, or a file of it."""

    code = "archive_unusable"
