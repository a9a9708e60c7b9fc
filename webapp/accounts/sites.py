"""Sites: made, found by who may see them, and removed with all that belongs to them."""

import secrets
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.shortcuts import get_object_or_404

from webapp.accounts.models import Membership, Owner, Site
from webapp.accounts.roles import Role, require, sites_of
from webapp.audit.delete import delete_audit
from webapp.audit.models import Audit
from webapp.library.delete import delete_job
from webapp.library.models import Job


def make_site(name: str, user: User) -> Site:
    """A site whose only member, and owner, is the user."""
    with transaction.atomic():
        site = Site.objects.create(name=name, publishable_key=new_publishable_key(), keeps_texts=True)
        Membership.objects.create(site=site, user=user, role=Role.OWNER)
    return site


def get_site_or_404(owner: Owner | None, pk: UUID, least: Role = Role.VIEWER) -> Site:
    """A site that the owner is a member of.

    Raises:
        Http404: there is none, or it is somebody else's.
        RoleMissing: the owner is a member with a lower role.
    """
    site = get_object_or_404(sites_of(owner), pk=pk)
    require(owner, site, least)
    return site


def renew_publishable_key(site: Site) -> None:
    """Gives the site another one; the former is unknown from then on."""
    site.publishable_key = new_publishable_key()
    site.save(update_fields=["publishable_key"])


def new_publishable_key() -> str:
    """``pk_`` and 128 random bits. It is no secret: the site's pages show it to everybody."""
    return "pk_" + secrets.token_hex(16)


def delete_site(site: Site) -> None:
    """Removes the site with its images, texts, audits, members and keys."""
    for audit in Audit.objects.filter(site=site):
        delete_audit(audit)
    for job in Job.objects.filter(site=site):
        delete_job(job)
    with transaction.atomic():
        site.delete()
