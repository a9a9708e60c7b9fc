"""Who may see what: one's own, and what one's sites have. To a stranger an object does not exist."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from webapp.accounts.models import Owner
from webapp.accounts.roles import Role, require, visible
from webapp.library.models import Decision, Image, Job, Suggestion


def visible_images(owner: Owner | None, least: Role = Role.VIEWER) -> QuerySet[Image]:
    """The images that the owner sees, with what a card shows: bytes, work, texts, candidates. Nobody sees none.

    ``least``: only those with which the owner may do what this role allows.
    """
    if owner is None:
        return Image.objects.none()
    suggestions = Prefetch("suggestions", Suggestion.objects.select_related("inference"))
    standing = Decision.objects.filter(undoes=None, undone_by=None).select_related("reused_from").order_by("pk")
    return (
        Image.objects.filter(visible(owner, least))
        .select_related("job", "site", "blob", "work", "owner", "unsaved_text", "public_page")
        .prefetch_related(suggestions, Prefetch("decisions", standing, to_attr="standing_decisions"))
    )


def visible_jobs(owner: Owner | None) -> QuerySet[Job]:
    """The jobs that the owner sees, newest first, with their images. Nobody sees none."""
    if owner is None:
        return Job.objects.none()
    images = Prefetch("images", visible_images(owner).order_by("position"))
    return Job.objects.filter(visible(owner)).select_related("site", "owner").prefetch_related(images)


def get_image_or_404(owner: Owner | None, pk: UUID, least: Role = Role.VIEWER) -> Image:
    """An image that the owner sees, and may do with what the role allows.

    Raises:
        Http404: there is none, or it is somebody else's.
        RoleMissing: it is of a site in which the owner has a lower role.
    """
    image = get_object_or_404(visible_images(owner), pk=pk)
    require(owner, image.site, least)
    return image


def get_job_or_404(owner: Owner | None, pk: UUID, least: Role = Role.VIEWER) -> Job:
    """A job that the owner sees, with at least one image: it goes with its last one, and may do so between two queries.

    Raises:
        Http404: there is none, or it is somebody else's.
        RoleMissing: it is of a site in which the owner has a lower role.
    """
    job = get_object_or_404(visible_jobs(owner), pk=pk)
    if not job.images.all():
        raise Http404(f"Job {pk} has no image left.")
    require(owner, job.site, least)
    return job
