"""Who may see which audit: one's own, and nothing else."""

from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from webapp.accounts.models import Owner
from webapp.audit.models import Audit, Page, Use
from webapp.library.models import Suggestion


def visible_audits(owner: Owner | None) -> QuerySet[Audit]:
    """The owner's audits, newest first, with the number of their pages and of those that wait. Nobody owns none."""
    if owner is None:
        return Audit.objects.none()
    waiting = Count("pages", filter=Q(pages__state=Page.State.WAITING))
    found = Audit.objects.filter(owner=owner).annotate(total=Count("pages"), waiting=waiting)
    return found.order_by("-created_at")  # a model's own order is dropped where rows are counted


def get_audit_or_404(owner: Owner | None, pk: UUID) -> Audit:
    """The owner's audit. Raises Http404: there is none, or it is somebody else's."""
    return get_object_or_404(visible_audits(owner), pk=pk)


def uses_of(audit: Audit) -> QuerySet[Use]:
    """The uses of images on all pages of the audit, in their order, with what a suggestion is made of."""
    drafts = Prefetch("image__suggestions", Suggestion.objects.select_related("inference"))
    uses = Use.objects.filter(page__audit=audit).select_related("page", "image").prefetch_related(drafts)
    return uses.order_by("page__position", "position")
