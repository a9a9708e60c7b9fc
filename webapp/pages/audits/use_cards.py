"""What the report shows of one use of an image, worked out before the template so that templates only lay out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Prefetch

from webapp.audit.describe import DESCRIBED
from webapp.audit.models import Audit, Use
from webapp.audit.places import decided_on, place_of, replaced_at
from webapp.audit.suggest import Suggestion, suggestion_for
from webapp.library.models import Suggestion as Draft
from webapp.pages.audits.names import name_of_page
from webapp.pages.cards import Card
from webapp.scan.lint import RULES
from webapp.scan.urls import file_name
from webapp.uses.models import DecidedUse

_KINDS = {
    "img": "image",
    "input": "image button",
    "area": "region of an image map",
    "svg": "drawing in the page itself",
    "object": "embedded object",
    "embed": "embedded object",
    "role-img": "element that is said to be an image",
    "background": "background picture",
    "poster": "still of a video",
}
_ROLES = {
    "informative": "It carries content",
    "functional": "It is a link or a button",
    "decorative": "Decoration",
    "redundant": "It repeats words that stand beside it",
    "text": "An image of text",
    "complex": "A chart, diagram or map",
    "group": "One of a group",
    "unknown": "Not known",
}
_TO_DO = {
    "describe": "Describe it: say what it tells its reader here.",
    "text": "Write what is written in it.",
    "name": "Name it: say where it leads or what it does, not what it shows.",
    "empty": 'Write alt="", if you agree that it needs no words of its own.',
    "person": "Only a person can say. The reason above tells what to think of.",
    "nothing": "Nothing.",
}
_CHECK = "Check the text that it has."
_PUT_IN = "Put the decided text into your page: see “Take it away”."
_ORIGINS = {
    "page": "From the words of the page, to be checked.",
    "picture": "Unchecked draft, may be wrong.",
    "person": "Decided by a person.",
}
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Fact:
    """A thing that is known of the use's place. is_quote: the words are the page's."""

    label: str
    text: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class UseCard:
    """One use of an image. in_site: whether the audit has other pages. group: among whose images it is shown. decided:
    what was decided for this place. replaced: since when another picture lies at its address.
    """

    use: Use
    in_site: bool = False
    group: str = ""
    decided: DecidedUse | None = None
    replaced: datetime | None = None

    @property
    def title(self) -> str:
        """A name that is unique in the audit."""
        place = f"Image {self.use.position}"
        if self.in_site:
            place = f"{place} of page {self.use.page.position}"
        return f"{place}, {self.name}"

    @property
    def anchor(self) -> str:
        """The id of the heading."""
        return f"use-{self.use.pk}"

    @property
    def name(self) -> str:
        """The name of its file, or what it is."""
        address = str(self.use.facts["address"])
        if address[:5].lower() == "data:" or not address:
            return self.kind if self.use.facts["kind"] != "img" else "image in the page itself"
        name = file_name(address.partition("?")[0].rstrip("/")) or address
        return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"

    @property
    def kind(self) -> str:
        """What element it is, in words."""
        return _KINDS[self.use.facts["kind"]]

    @property
    def card(self) -> Card | None:
        """Its picture in the library, once a description was asked for."""
        return Card(self.use.image, 1, 1) if self.use.image else None

    @property
    def is_waiting(self) -> bool:
        """Whether its description is on its way."""
        return self.card is not None and self.card.is_waiting

    @property
    def address(self) -> str:
        """Of its file."""
        return str(self.use.facts["address"])

    @property
    def own_host(self) -> str:
        """Whose picture can be looked at where it lies, while none is kept here; empty for none. It is never loaded
        unasked: its site would learn who reads the report."""
        if self.card is not None and self.card.has_picture:
            return ""
        try:
            parts = urlsplit(self.address)
        except ValueError:
            return ""
        return parts.netloc.rpartition("@")[2] if parts.scheme in ("http", "https") else ""

    @property
    def size(self) -> str:
        """As the page declares it, in words; empty where it does not."""
        width, height = self.use.facts["width"], self.use.facts["height"]
        if width is None and height is None:
            return ""
        if width is None or height is None:
            return f"{height or width:,.0f} pixels {'wide' if height is None else 'high'}"
        return f"{width:,.0f} by {height:,.0f} pixels"

    @property
    def code(self) -> str:
        """Its start tag."""
        return str(self.use.facts.get("code", ""))

    @property
    def line(self) -> int:
        """Where its code stands in the page's source."""
        return int(self.use.facts["line"])

    @property
    def lang(self) -> str:
        """The language of the words around it, for who reads them aloud."""
        lang = str(self.use.facts["context"]["lang"] or self.use.page.lang)
        return lang if _LANG.fullmatch(lang) else ""

    @property
    def place(self) -> list[Fact]:
        """Where it stands, as far as there is something to tell."""
        context = self.use.facts["context"]
        facts = [Fact("On the page", name_of_page(self.use.page), True)] if self.in_site else []
        for target, what in ((context["link"], "In a link to"), (context["button"], "In a button")):
            if target:
                called = target["name"] or target["text"]
                if what.endswith("to"):
                    facts.append(Fact(what, target["address"] or "nowhere"))
                facts.append(Fact("Its name", called, True) if called else Fact("Its name", "none"))
        said = (
            ("Under the heading", context["heading"]),
            ("Its own heading", context["own_heading"]),
            ("Its caption", context["figcaption"]),
            ("Text before it", context["before"]),
            ("Text after it", context["after"]),
        )
        return facts + [Fact(label, text, True) for label, text in said if text]

    @property
    def alt(self) -> Fact:
        """The alt text that it has; for what takes none, its name."""
        if self.use.facts["kind"] not in ("img", "input", "area"):
            name = self.use.facts["name"]["text"]
            return Fact("Its name now", name, True) if name else Fact("Its name now", "none")
        if self.use.alt is None:
            return Fact("Its alt text now", "none: there is no alt attribute")
        if not self.use.alt.strip():
            return Fact("Its alt text now", 'empty: alt=""' if not self.use.alt else "only space")
        return Fact("Its alt text now", self.use.alt, True)

    @property
    def role(self) -> str:
        """What it is there for, with the reason."""
        return f"{_ROLES[self.use.role]}. {self.use.facts['says']}"

    @property
    def other_findings(self) -> list[dict[str, str]]:
        """The rules that it breaks, but for the one that its group tells of in the same words."""
        rule = RULES.get(self.group)
        return [one for one in self._findings if rule is None or (one["id"], one["says"]) != (rule.id, rule.says)]

    @property
    def _findings(self) -> list[dict[str, str]]:
        return list(self.use.facts["findings"])

    @property
    def to_do(self) -> str:
        """What to do about it, by its role; where its text breaks a rule, by that rule."""
        if self.use.todo == "nothing" and self._findings:
            return _CHECK
        if self.is_decided or (self.card and self.card.has_text):
            return _PUT_IN
        return _TO_DO[self.use.todo]

    @property
    def is_decided(self) -> bool:
        """Whether a person decided for this place alone."""
        return self.decided is not None and self.decided.is_decided

    @property
    def has_place(self) -> bool:
        """Whether a person can: it has to be known again."""
        return place_of(self.use) is not None

    @property
    def suggestion(self) -> Suggestion | None:
        """What is suggested, if anything is; what was decided for the place before all else."""
        return suggestion_for(self.use, self.decided)

    @property
    def suggestion_lang(self) -> str:
        """Of the suggested words: the page's, the site's where a person decided, or the model's."""
        found, image = self.suggestion, self.use.image
        if self.decided is not None and self.is_decided:
            return self.decided.lang
        if found is None or image is None or found.origin == "page":
            return self.lang
        draft = image.suggestion
        return draft.lang if found.origin == "picture" and draft and not found.is_read else image.lang

    @property
    def origin(self) -> str:
        """Whose words the suggestion is made of, and how far to trust them."""
        found = self.suggestion
        if found is None:
            return ""
        if found.origin == "person":
            return found.reason if self.is_decided else _ORIGINS["person"]
        if found.origin == "page" and not found.text:
            return "From the place of the image, if you agree."
        return f"{_ORIGINS[found.origin]} {found.reason}"

    @property
    def no_suggestion(self) -> str:
        """Why there is none, for an image that needs words of its picture; else empty."""
        if self.use.todo not in DESCRIBED or self.suggestion:
            return ""
        card = self.card
        if card is None:
            return "None yet. It comes from the picture, once you have it described."
        if card.is_waiting:
            waits = (
                f"Waiting to be fetched from {card.source_host}." if card.is_to_be_fetched else "Waiting for its draft."
            )
            return waits
        if card.is_failed:
            return f"No draft could be made. {card.image.error_message}"
        return f"No draft. {card.withheld}".strip()

    @property
    def picture_alt(self) -> str:
        """A name for the picture as it is shown here."""
        found = self.suggestion
        return f"{self.title}: {found.text}" if found and found.text else f"{self.title}, without a description yet"


def use_cards(audit: Audit, groups: Mapping[int, str], *, in_site: bool) -> dict[int, UseCard]:
    """The cards of these uses by their keys, in as many queries as for one. groups: where each of them is shown."""
    drafts = Prefetch("image__suggestions", Draft.objects.select_related("inference"))
    uses = Use.objects.filter(page__audit=audit, pk__in=groups).defer("address")
    found = list(uses.select_related("page", "image__blob").prefetch_related(drafts))
    for use in found:
        use.page.audit = audit
    decided, replaced = decided_on(audit, found), replaced_at(audit, found)
    return {use.pk: UseCard(use, in_site, groups[use.pk], decided.get(use.pk), replaced.get(use.pk)) for use in found}
