"""Deleting an account, with all that is its own. What it gave to sites that other people have stays theirs."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet

from webapp.accounts.claim import Belongings
from webapp.accounts.members import remove_member
from webapp.accounts.models import ApiKey, Membership, Owner, Site
from webapp.accounts.owners import user_owner
from webapp.accounts.roles import Role
from webapp.accounts.sites import delete_site
from webapp.audit.delete import delete_audit
from webapp.audit.models import Audit
from webapp.library.delete import delete_job
from webapp.library.models import Image, Job
from webapp.uses.models import DecidedUse, UnsavedUse


@dataclass(frozen=True, slots=True)
class Ending:
    """What becomes of the sites of an account that is deleted, and what else goes with it.

    alone: nobody else is a member; they are deleted. stuck: there are others, and no other owner; the account cannot
    go before there is one. left: they go on without it.
    """

    alone: list[Site]
    stuck: list[Site]
    left: list[Site]
    belongings: Belongings


class SitesWithoutOwner(Exception):  # noqa: N818 - a refusal is named for what it says
    """Other people would be left in sites that nobody owns."""


def ending_of(user: User) -> Ending:
    """What deleting the account would do now."""
    alone, stuck, left = [], [], []
    for membership in Membership.objects.filter(user=user).select_related("site").order_by("site__name", "pk"):
        others = Membership.objects.filter(site=membership.site).exclude(user=user)
        if not others.exists():
            alone.append(membership.site)
        elif membership.role == Role.OWNER and not others.filter(role=Role.OWNER).exists():
            stuck.append(membership.site)
        else:
            left.append(membership.site)
    return Ending(alone, stuck, left, _own_of(user_owner(user)))


def delete_account(user: User) -> None:
    """Deletes it for good. Interrupted, it can be begun again: the account goes last.

    Raises:
        SitesWithoutOwner: nothing was deleted. See ``Ending.stuck``.
        MemberRefused: the other owner of a site left at this very moment.
    """
    ending, owner = ending_of(user), user_owner(user)
    if ending.stuck:
        raise SitesWithoutOwner
    for site in ending.left:
        remove_member(Membership.objects.get(site=site, user=user))
    for site in ending.alone:
        delete_site(site)
    for key in ApiKey.objects.filter(made_by=owner, site=None).select_related("owner"):
        _delete_own(key.owner)
        with transaction.atomic():
            key.delete()
            _let_go(key.owner)
    _delete_own(owner)
    with transaction.atomic():
        _let_go(owner)
        user.delete()


def _own_of(owner: Owner) -> Belongings:
    """What goes beside the sites: not what other people's sites keep."""
    images, audits, places = (
        model._default_manager.filter(owner=owner, site__in=_without_members()).count()
        for model in (Image, Audit, DecidedUse)
    )
    return Belongings(images, audits, places, ApiKey.objects.filter(made_by=owner, revoked_at=None).count())


def _delete_own(owner: Owner) -> None:
    """What the owner handed over to no site of other people's."""
    for audit in Audit.objects.filter(owner=owner, site__in=_without_members()):
        delete_audit(audit)
    for job in Job.objects.filter(owner=owner, site__in=_without_members()):
        delete_job(job)
    for model in (DecidedUse, UnsavedUse):
        model._default_manager.filter(owner=owner, site__in=_without_members()).delete()


def _without_members() -> QuerySet[Site]:
    return Site.objects.annotate(people=Count("memberships")).filter(people=0)


def _let_go(owner: Owner) -> None:
    """What sites keep of the owner is nobody's from now on: as of a browser whose session is over."""
    owner.kind, owner.user = Owner.Kind.SESSION, None
    owner.save(update_fields=["kind", "user"])
