"""Who may see what: one's own, and nothing else. To a stranger an object does not exist."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from webapp.accounts.models import Owner
from webapp.library.models import Image, Job, Suggestion


def visible_images(owner: Owner | None) -> QuerySet[Image]:
    """The owner's images, with what a card shows: bytes, work, texts and their candidates. Nobody owns none."""
    if owner is None:
        return Image.objects.none()
    suggestions = Prefetch("suggestions", Suggestion.objects.select_related("inference"))
    return (
        Image.objects.filter(owner=owner)
        .select_related("job", "site", "blob", "work", "owner", "unsaved_text")
        .prefetch_related(suggestions)
    )


def visible_jobs(owner: Owner | None) -> QuerySet[Job]:
    """The owner's jobs, newest first, with their images. Nobody owns none."""
    if owner is None:
        return Job.objects.none()
    images = Prefetch("images", visible_images(owner).order_by("position"))
    return Job.objects.filter(owner=owner).select_related("site", "owner").prefetch_related(images)


def get_image_or_404(owner: Owner | None, pk: UUID) -> Image:
    """The owner's image.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    return get_object_or_404(visible_images(owner), pk=pk)


def get_job_or_404(owner: Owner | None, pk: UUID) -> Job:
    """The owner's job, with at least one image: a job goes with its last one, and may do so between two queries.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    job = get_object_or_404(visible_jobs(owner), pk=pk)
    if not job.images.all():
        raise Http404(f"Job {pk} has no image left.")
    return job
