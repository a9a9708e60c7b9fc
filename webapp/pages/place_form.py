"""The fields by which a person decides for one place where an image stands, worked out before the template."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from webapp.accounts.models import Owner
from webapp.audit.models import Use
from webapp.audit.places import is_sole
from webapp.audit.suggest import Suggestion, suggestion_for
from webapp.library.style import advice_on
from webapp.library.text import clean_text
from webapp.pages.audits.use_cards import UseCard
from webapp.review.history import Entry, history_of_use
from webapp.uses.models import UnsavedUse

_ROLES = {
    "informative": "It carries content: say what it tells its reader here",
    "functional": "It is a link or a button: say where it leads or what it does",
    "text": "An image of text: write what is written in it",
    "complex": "A chart, diagram or map: name it, and say what it shows in words beside it",
    "decorative": "Decoration: it needs no words here, and the field stays empty",
}
REVIEWED = "review"  # of the address that the form is sent to: the picture in whose review it stands


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent for one place."""

    text: str
    role: str
    version: int | None
    refusal: str = ""

    @classmethod
    def of(cls, request: HttpRequest, use: int) -> "Typed":
        """What stood in the fields of the use, whichever button was pressed."""
        version = request.POST.get(f"place-version-{use}", "")
        is_number = version.isascii() and version.isdigit() and len(version) < 10
        role = request.POST.get(f"place-role-{use}", "")
        text = request.POST.get(f"place-text-{use}", "")
        return cls(text, role if role in _ROLES else "", int(version) if is_number else None)

    def refused(self, why: str) -> "Typed":
        """The same, which was not taken."""
        return replace(self, refusal=why)


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role as a choice."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """The form of one use. owner: who looks. typed: what was sent. reviewed: the picture in whose review it stands.
    kept: what was typed here before and is not saved yet.
    """

    card: UseCard
    owner: Owner | None
    typed: Typed | None = None
    reviewed: UUID | None = None
    kept: UnsavedUse | None = None

    @property
    def use(self) -> Use:
        """The use."""
        return self.card.use

    @property
    def text_field(self) -> str:
        """The id of the field for the text, and its name."""
        return f"place-text-{self.use.pk}"

    @property
    def action(self) -> str:
        """The address that it is sent to."""
        address = reverse("pages:place", args=[self.use.page.audit_id, self.use.pk])
        return f"{address}?{REVIEWED}={self.reviewed}" if self.reviewed else address

    @property
    def is_sole(self) -> bool:
        """Whether the image is all that its link or button holds."""
        return is_sole(self.use)

    @property
    def refusal(self) -> str:
        """Why what was sent was not taken."""
        return self.typed.refusal if self.typed else ""

    @property
    def version(self) -> int:
        """What the person sees: a decision made meanwhile elsewhere is not overwritten unseen."""
        return self.card.decided.version if self.card.decided else 0

    @property
    def unsaved(self) -> UnsavedUse | None:
        """What was typed here before, where nothing is sent now."""
        return None if self.typed else self.kept

    @property
    def role(self) -> str:
        """Which role is chosen: as it was sent or typed before, as was decided, or as was found from the place."""
        typed = self.typed or self.unsaved
        return typed.role if typed else self._role()

    @property
    def text(self) -> str:
        """What stands in the field: what was typed, or what was decided. Never a suggestion."""
        typed = self.typed or self.unsaved
        return typed.text if typed else self._text()

    @property
    def is_touched(self) -> bool:
        """Whether the fields say something that is not saved: no more than they came with is nothing."""
        return clean_text(self.text) not in ("", self._text()) or self.role not in ("", self._role())

    @property
    def style(self) -> list[str]:
        """What is wrong with the text that the field starts with."""
        return advice_on(self.text, self.use.page.audit.site)

    @property
    def roles(self) -> list[RoleChoice]:
        """The roles that it can have: what is all that a link holds is no decoration."""
        offered = {"functional": _ROLES["functional"]} if self.is_sole else _ROLES
        return [RoleChoice(value, label, value == self.role) for value, label in offered.items()]

    @property
    def suggestion(self) -> Suggestion | None:
        """A text to lay beside the field, as long as nothing is decided."""
        found = None if self.card.is_decided else suggestion_for(self.use)
        return found if found and found.text else None

    @property
    def history(self) -> list[Entry]:
        """What was decided for this place so far."""
        return history_of_use(self.card.decided, self.owner) if self.card.decided else []

    def _text(self) -> str:
        return (self.card.decided.alt_text or "") if self.card.decided else ""

    def _role(self) -> str:
        """That of the decision, or else what was found from the place."""
        if self.card.decided is not None and self.card.decided.role:
            return self.card.decided.role
        if self.is_sole:
            return "functional"
        if self.use.todo == "empty":
            return "decorative"
        return self.use.role if self.use.role in _ROLES else ""
