"""Webhooks are their site's owners'. To a stranger none exists."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from webapp.accounts.models import Owner
from webapp.accounts.roles import Role
from webapp.accounts.sites import get_site_or_404
from webapp.webhooks.models import Delivery, Webhook


def get_webhook_or_404(owner: Owner | None, site: UUID, pk: UUID) -> Webhook:
    """A webhook of a site that the owner owns.

    Raises:
        Http404: there is none, or it is another site's, or the site is somebody else's.
        RoleMissing: the owner is a member of the site with a lower role.
    """
    return get_object_or_404(get_site_or_404(owner, site, Role.OWNER).webhooks.select_related("site"), pk=pk)


def get_delivery_or_404(owner: Owner | None, site: UUID, webhook: UUID, pk: UUID) -> Delivery:
    """A delivery to such a webhook. Raises as ``get_webhook_or_404``."""
    return get_object_or_404(get_webhook_or_404(owner, site, webhook).deliveries.select_related("webhook__site"), pk=pk)
