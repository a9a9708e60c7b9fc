"""Texts that nobody decided yet: typed for other pictures of a page, or found in a picture's file."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from webapp.library.decide import TEXT_LENGTH
from webapp.library.models import Image, Job, UnsavedText
from webapp.library.text import clean_text

FROM_FILE = "file"  # as the choice: the text is the author's own, and came with the file


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of one image: the text, and the chosen sentence as the form names it."""

    text: str
    choice: str = ""


def keep_unsaved(job: Job, typed: Mapping[UUID, Typed]) -> None:
    """Keeps what was typed for images of the job, and forgets what was kept for those whose fields are empty now.

    A field that still holds the decided text, or the draft that it started with, was not typed in, and a choice of it
    says nothing new. Keys that are no image of the job are passed over.
    """
    with transaction.atomic():
        locked = Image.objects.select_for_update(of=("self",)).filter(job=job, pk__in=typed).order_by("pk")
        locked = locked.select_related("site").prefetch_related("suggestions__inference")
        images = {image.pk: image for image in locked}
        kept = [
            UnsavedText(image=image, text=typed[pk].text, choice=typed[pk].choice[:10])
            for pk, image in images.items()
            if _is_new(image, typed[pk])
        ]
        UnsavedText.objects.filter(image__in=images.keys() - {one.image_id for one in kept}).delete()
        UnsavedText.objects.bulk_create(
            kept, update_conflicts=True, unique_fields=["image"], update_fields=["text", "choice", "updated_at"]
        )


def offer_authors_texts(texts: Mapping[UUID, str]) -> None:
    """Puts what authors wrote into their files into the fields of the images, by their keys, for a person to decide.

    What is longer than a text may be is none.
    """
    cleaned = {pk: clean_text(text) for pk, text in texts.items()}
    UnsavedText.objects.bulk_create(
        [
            UnsavedText(image_id=pk, text=text, choice=FROM_FILE)
            for pk, text in cleaned.items()
            if 0 < len(text) <= TEXT_LENGTH
        ],
        ignore_conflicts=True,
    )


def _is_new(image: Image, typed: Typed) -> bool:
    known = {"", image.alt_text, image.sentence(image.starting_choice)}
    return clean_text(typed.text) not in known or image.sentence(typed.choice) not in known
