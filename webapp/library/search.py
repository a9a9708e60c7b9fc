"""Finding pictures by what is said of them, among those that somebody sees."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from webapp.accounts.models import Owner
from webapp.library.access import visible_images
from webapp.library.models import Image, Suggestion
from webapp.library.text import clean_text
from webapp.queue.models import Work

WORDS_LENGTH = 200
# A waiting picture, told apart by whether a worker has it.
QUEUED, RUNNING = "queued", "running"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; empty: whatever it is. All that is given must hold.

    words: each is in the decided text, in the draft or in the name. state: one of ``Image.State``, QUEUED or RUNNING.
    lang: of the text, by its beginning (``en`` finds ``en-GB``). sha256: of the file as it was handed over.
    """

    words: str = ""
    state: str = ""
    lang: str = ""
    sha256: str = ""


def search(owner: Owner | None, sought: Sought) -> QuerySet[Image]:
    """The pictures that the owner sees and that are sought, newest first."""
    images = visible_images(owner).order_by("-created_at", "pk")
    for word in clean_text(sought.words).split():
        images = images.filter(_about(word))
    if sought.state:
        images = images.filter(_in_state(sought.state))
    if sought.lang:
        images = images.filter(Q(lang__iexact=sought.lang) | Q(lang__istartswith=f"{sought.lang}-"))
    if sought.sha256:
        images = images.filter(blob=sought.sha256)
    return images


def _about(word: str) -> Q:
    found = Q()
    for spelling in _spellings(word):
        drafts = Suggestion.objects.filter(image=OuterRef("pk"), text__icontains=spelling)
        found |= Q(alt_text__icontains=spelling) | Q(name__icontains=spelling) | Q(Exists(drafts))
    return found


def _spellings(word: str) -> set[str]:
    """SQLite tells "É" from "é" where it does not tell "E" from "e"."""
    return {word} if word.isascii() else {word.lower(), word.upper(), word.capitalize()}


def _in_state(state: str) -> Q:
    running = Q(work__status=Work.Status.RUNNING)
    if state == RUNNING:
        return Q(state=Image.State.WAITING) & running
    if state == QUEUED:
        return Q(state=Image.State.WAITING) & ~running
    return Q(state=state)
