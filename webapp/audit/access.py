"""Who may see which audit: one's own, and those of one's sites."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from webapp.accounts.models import Owner
from webapp.accounts.roles import Role, require, visible
from webapp.audit.models import Audit, Use
from webapp.library.models import Suggestion


def visible_audits(owner: Owner | None) -> QuerySet[Audit]:
    """The audits that the owner sees, newest first. Nobody sees none."""
    return Audit.objects.none() if owner is None else Audit.objects.filter(visible(owner)).select_related("site")


def get_audit_or_404(owner: Owner | None, pk: UUID, least: Role = Role.VIEWER) -> Audit:
    """An audit that the owner sees, and may do with what the role allows.

    Raises:
        Http404: there is none, or it is somebody else's.
        RoleMissing: it is of a site in which the owner has a lower role.
    """
    audit = get_object_or_404(visible_audits(owner), pk=pk)
    require(owner, audit.site, least)
    return audit


def get_use_or_404(owner: Owner | None, audit: UUID, pk: int, least: Role = Role.VIEWER) -> Use:
    """A use on the pages of an audit that the owner sees; raises as ``get_audit_or_404``."""
    return get_object_or_404(uses_of(get_audit_or_404(owner, audit, least)), pk=pk)


def uses_on(audit: Audit) -> QuerySet[Use]:
    """The uses of images on the pages of the audit that are still there, in no order."""
    return Use.objects.filter(page__audit=audit, page__gone_at=None).order_by()


def uses_of(audit: Audit) -> QuerySet[Use]:
    """The same in their order, with what a suggestion is made of and whose it is."""
    drafts = Prefetch("image__suggestions", Suggestion.objects.select_related("inference"))
    uses = uses_on(audit).select_related("page__audit__site", "page__audit__owner", "image").prefetch_related(drafts)
    return uses.order_by("page__position", "position")
