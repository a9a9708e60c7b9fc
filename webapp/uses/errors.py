"""What deciding on a use refuses: each with a stable code and a sentence that says what to do next."""

# ruff: noqa: N818 - a refusal is named for what it says, as in webapp.library.errors

from webapp.library.errors import LibraryError, StaleVersion
from webapp.uses.models import DecidedUse


class NoPlace(LibraryError):
    """The use has no address by which it would be known again."""

    code = "use_without_place"

    def __init__(self) -> None:
        super().__init__(
            "Nothing can be kept for this place: only img elements with a file can be known again, on pages with an "
            "address that were looked at by this version. Look at the page again, or hand it over with its address."
        )


class SoleContent(LibraryError):
    """Decoration is said of what is all that a link or button holds."""

    code = "sole_content"

    def __init__(self) -> None:
        super().__init__(
            "This picture is all that its link or button holds, so it cannot be decoration: nobody would hear where it "
            "leads. Write where it leads or what it does."
        )


class DecorationWithText(LibraryError):
    """A text for what the same decision calls decoration."""

    code = "decoration_with_text"

    def __init__(self) -> None:
        super().__init__("Decoration has no text. Empty the field, or say what else the picture is for here.")


class StaleUse(StaleVersion):
    """Somebody decided on the use after the person saw it."""

    def __init__(self, use: DecidedUse) -> None:
        super().__init__(use.alt_text)
        now = {
            DecidedUse.State.UNDECIDED: "nothing is decided for it now",
            DecidedUse.State.DECORATIVE: "it is decoration now",
        }.get(DecidedUse.State(use.state), f"the text is “{use.alt_text}” now")
        self.message = f"Meanwhile this place was decided elsewhere: {now}. Compare, and send yours again if it stays."
        self.args = (self.message,)
