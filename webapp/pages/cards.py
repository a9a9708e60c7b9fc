"""What a card shows of one image, worked out before the template so that templates only lay out."""

from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.http import Http404
from django.template.defaultfilters import filesizeformat

from captioner.alttext import RULES, SHORTENED, SHORTENED_HINT
from captioner.bands import Band, Withheld
from webapp.feedback.public import public_address
from webapp.library.alike import Similar, similar_to_each
from webapp.library.looks import looks_as_said
from webapp.library.models import Decision, Image, Inference, Job, UnsavedText
from webapp.library.reuse import reuse_of
from webapp.library.style import advice_on
from webapp.queue.retry import can_retry

_RULES = {**{rule.id: rule.does for rule in RULES}, SHORTENED: SHORTENED_HINT.rstrip(".")}
_DARKEST = 0.8
_NEARLY_ALL = 0.94  # no draft is promised to be right
_TYPE_NAMES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "image/gif": "GIF", "image/avif": "AVIF"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One draft as a choice: a sentence of the beam, or the text in the picture.

    ``source`` says which, "model" or "ocr". ``value`` is its rank, from 0, as the form sends it. ``lang`` is the
    language of the model's sentences, or the site's. ``model_text`` is the sentence as the model wrote it, and
    ``changes`` what the rules of style did to it, in words.
    """

    value: str
    text: str
    source: str
    lang: str
    model_text: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A place of the picture in a drawing of 100 by 100, and how much darker it is drawn, 0 to 1."""

    x: float
    y: float
    side: float
    darkness: float


@dataclass(frozen=True, slots=True)
class Look:
    """Where the model looked when it named a thing, in words, and as shades that leave those places bright."""

    word: str
    place: str
    shades: tuple[Shade, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that was not accepted: what was typed and chosen, kept for the person, and the reason."""

    message: str
    text: str
    choice: str


@dataclass(frozen=True, slots=True)
class Card:
    """One image among those of its job.

    ``similar`` is decided pictures that look like it, whose texts may fit; see ``with_similar``.
    """

    image: Image
    number: int
    total: int
    refusal: Refusal | None = None
    similar: tuple[Similar, ...] = ()

    @property
    def title(self) -> str:
        """A name that is unique on its page, as heading and as the picture's own description."""
        place = f"Picture {self.number} of {self.total}" if self.total > 1 else "Picture"
        return f"{place}, {self.image.name}"

    @property
    def anchor(self) -> str:
        """The id of the heading, to which actions lead back."""
        return f"picture-{self.image.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether there is no draft yet."""
        return self.image.state == Image.State.WAITING

    @property
    def is_to_be_fetched(self) -> bool:
        """Whether its bytes are still where its address says."""
        return bool(self.image.source_url) and self.image.blob is None

    @property
    def source_host(self) -> str:
        """Where it is, or was, fetched from; empty for a picture that was uploaded."""
        return urlsplit(self.image.source_url).netloc

    @property
    def is_failed(self) -> bool:
        """Whether no draft could be made (a person may write a text all the same)."""
        return self.image.state == Image.State.FAILED

    @property
    def has_text(self) -> bool:
        """Whether a person chose a text."""
        return self.image.alt_text is not None

    @property
    def is_rejected(self) -> bool:
        """Whether a person found the drafts wrong and wrote no text."""
        return self.image.state == Image.State.REJECTED

    @property
    def has_picture(self) -> bool:
        """Whether there is a copy to show. Not before its own turn: nobody learns that others have the same picture."""
        return self.image.blob is not None and self.image.blob.has_copy and not self.is_waiting

    @property
    def can_retry(self) -> bool:
        """Whether "Try again" has a chance."""
        return can_retry(self.image)

    @property
    def candidates(self) -> list[Candidate]:
        """The drafts, best first."""
        suggestion = self.image.suggestion
        if suggestion is None:
            return []
        return [
            Candidate(
                value=str(rank),
                text=one["text"],
                source=one["source"],
                lang=suggestion.lang if one["source"] == "model" else self.image.lang,
                model_text=one["model_text"],
                changes=tuple(_RULES[rule["rule"]] for rule in one["applied_rules"] if rule["rule"] in _RULES),
            )
            for rank, one in enumerate(suggestion.candidates)
        ]

    @property
    def confidence(self) -> str:
        """How likely the first draft is right, in words; empty where there is none."""
        found = self._found
        if found is None or not self.candidates:
            return ""
        if self.candidates[0].source == "ocr":
            return "This is the text that was read in the picture."
        band, p = Band(found.confidence["band"]), found.confidence["p"]
        if p is None:
            return f"{band.words}."
        share = "more than nine" if p > _NEARLY_ALL else f"about {round(10 * p)}"
        return f"{band.words}. Of ten such drafts {share} name only what is there."

    @property
    def withheld(self) -> str:
        """Why there is no draft; empty if there is one."""
        found = self._found
        return Withheld(found.withheld).words if found and not self.candidates else ""

    @property
    def read_text(self) -> str:
        """The text in the picture; empty where none was read."""
        found = self._found
        return str(found.ocr["text"]) if found and found.ocr else ""

    @property
    def looks(self) -> list[Look] | None:
        """Where the model looked for each thing of the draft; None if it cannot tell, or there is no draft."""
        found = self._found
        if found is None or found.withheld or found.looks is None:
            return None
        drafts = self.image.suggestion.candidates if self.image.suggestion else []
        looks = looks_as_said(found.looks, drafts)
        return [Look(look["word"], look["place"], _shades(look["weights"])) for look in looks]

    @property
    def has_no_attention(self) -> bool:
        """Whether the model wrote a draft and cannot tell where it looked."""
        found = self._found
        return found is not None and not found.withheld and found.looks is None

    @property
    def _found(self) -> Inference | None:
        suggestion = self.image.suggestion
        return suggestion.inference if suggestion else None

    @property
    def changed_candidates(self) -> list[Candidate]:
        """The drafts that are not as the model wrote them, or not all that was read."""
        return [candidate for candidate in self.candidates if candidate.changes]

    @property
    def unsaved(self) -> UnsavedText | None:
        """What was typed here before and is not saved yet."""
        return None if self.refusal else getattr(self.image, "unsaved_text", None)

    @property
    def typed(self) -> str:
        """What the text field starts with: what was refused or not saved yet, or the decided text to be changed."""
        if self.refusal:
            return self.refusal.text
        return (self.unsaved.text if self.unsaved else "") or self.image.alt_text or ""

    @property
    def reuse(self) -> Decision | None:
        """The decision by which its text came from another picture, if it did."""
        return reuse_of(self.image)

    @property
    def public_address(self) -> str:
        """Where anybody may see the picture with its decided text; empty where nobody else may."""
        return public_address(self.image)

    @property
    def style(self) -> list[str]:
        """What is wrong with the text that the field starts with."""
        return advice_on(self.typed, self.image.site)

    @property
    def choice(self) -> str:
        """Which choice starts selected; none before a person selects one, unless the site wants the best draft so."""
        if self.refusal:
            return self.refusal.choice
        return self.unsaved.choice if self.unsaved else self.image.starting_choice

    @property
    def facts(self) -> str:
        """Type, size and colours in words: "PNG, 640 by 480 pixels, 1.2 MB, mostly white"."""
        blob = self.image.blob
        if blob is None:
            return ""
        kind = _TYPE_NAMES.get(blob.mime, blob.mime)
        if self.image.kind == Image.Kind.ANIMATION:
            kind += " animation (first picture)"
        facts = [kind, f"{blob.width:,} by {blob.height:,} pixels", filesizeformat(blob.size)]
        if self.has_picture and blob.colours:
            facts.append(blob.colours)
        return ", ".join(facts)

    @property
    def snippet(self) -> str:
        """The ``<img>`` element with the decided text, and with its language where the site's is another."""
        lang = f' lang="{_attribute(self.image.lang)}"' if self.image.lang != self.image.site.lang else ""
        return f'<img src="{quote(self.image.name)}" alt="{_attribute(self.image.alt_text or "")}"{lang}>'


def cards_of(job: Job, refused: Image | None = None, refusal: Refusal | None = None) -> list[Card]:
    """The cards of a job, in the order of upload; ``refusal`` goes to the card of ``refused``."""
    images = list(job.images.all())
    return [
        Card(image, number, len(images), refusal if refused and image.pk == refused.pk else None)
        for number, image in enumerate(images, start=1)
    ]


def card_of(image: Image, refusal: Refusal | None = None) -> Card:
    """The card of one image by itself; it knows its place in the job.

    Raises:
        Http404: the image was deleted meanwhile.
    """
    siblings = list(Image.objects.filter(job_id=image.job_id).order_by("position").values_list("pk", flat=True))
    if image.pk not in siblings:
        raise Http404
    return Card(image, siblings.index(image.pk) + 1, len(siblings), refusal)


def with_similar(cards: list[Card]) -> list[Card]:
    """The cards, which are of one job, with what looks like those that offer it: which have no text and do not wait."""
    similar = similar_to_each([card.image for card in cards if not (card.has_text or card.is_waiting)])
    return [replace(card, similar=tuple(similar.get(card.image.pk, ()))) for card in cards]


def place_of(pk: UUID, cards: list[Card]) -> int:
    """Where the image's card stands.

    Raises:
        Http404: the image was deleted meanwhile.
    """
    place = next((place for place, card in enumerate(cards) if card.image.pk == pk), None)
    if place is None:
        raise Http404
    return place


def _shades(weights: list[list[float]]) -> tuple[Shade, ...]:
    side = 100 / len(weights)
    highest = max(map(max, weights)) or 1.0
    return tuple(
        Shade(
            round(column * side, 2), round(row * side, 2), round(side, 2), round(_DARKEST * (1 - weight / highest), 2)
        )
        for row, line in enumerate(weights)
        for column, weight in enumerate(line)
    )


def _attribute(text: str) -> str:
    """The text as the value of an attribute in double quotes."""
    return escape(text, quote=False).replace('"', "&quot;")
