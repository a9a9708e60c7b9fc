"""What reading and editing a page refuse: each with a stable code and a sentence that says what to do next."""

# ruff: noqa: N818 - a refusal is named for what it says, as in webapp.library.errors


class ScanError(Exception):
    """Base of every refusal."""

    code = "scan_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class PageTooLarge(ScanError):
    """The page has more bytes than are read."""

    code = "page_too_large"


class PageTooComplex(ScanError):
    """Working the page out takes longer than anybody should wait, or would fill the disk."""

    code = "page_too_complex"

    def __init__(self) -> None:
        super().__init__("The page is too complex to be looked at as a whole. Scan its parts one by one.")


class TooManyImages(ScanError):
    """The page has more images than are looked at."""

    code = "too_many_images"


class NotAPage(ScanError):
    """The bytes are no HTML: a picture, a PDF file, an archive."""

    code = "not_a_page"


class SourceUnreadable(ScanError):
    """A file or folder is not there or cannot be read."""

    code = "source_unreadable"


class UnknownImage(ScanError):
    """A key names no image of this page, or one that takes no alt text."""

    code = "unknown_image"


class PositionsDisagree(ScanError):
    """The parser's tree and the source tell different stories about where a start tag stands."""

    code = "positions_disagree"


class CharsetNotReversible(ScanError):
    """The page's bytes cannot be written back as they were."""

    code = "charset_not_reversible"
