"""The members of a site: added, given another role, gone. The last owner stays one."""

# ruff: noqa: N818 - a refusal is named for what it says, as in webapp.library.errors

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from webapp.accounts.models import ApiKey, Membership, Site
from webapp.accounts.roles import Role


class MemberRefused(Exception):
    """The members cannot be changed so; ``message`` says why, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def add_member(site: Site, name: str, role: Role) -> Membership:
    """Makes the account of that user name a member.

    Raises:
        MemberRefused: nobody has that name, or is a member already.
    """
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise MemberRefused("Nobody here has this user name. Leave it empty, and send the link instead.")
    membership, is_new = Membership.objects.get_or_create(site=site, user=user, defaults={"role": role})
    if not is_new:
        raise MemberRefused(f"{name} is a member already. Change the role below.")
    return membership


def change_role(membership: Membership, role: Role) -> None:
    """Gives a member another role. Raises MemberRefused: it is the last owner."""
    with transaction.atomic():
        _keep_an_owner(membership, role)
        present = Membership.objects.filter(pk=membership.pk).first()
        if present:  # else it ended meanwhile
            present.role = role
            present.save(update_fields=["role"])  # not an update: webhooks learn of it


def remove_member(membership: Membership) -> None:
    """Ends a membership, and the member's keys for the site. What the member handed over stays with the site.

    Raises:
        MemberRefused: it is the last owner.
    """
    with transaction.atomic():
        _keep_an_owner(membership, None)
        keys = ApiKey.objects.filter(site=membership.site_id, made_by__user=membership.user_id, revoked_at=None)
        keys.update(revoked_at=timezone.now())
        membership.delete()


def _keep_an_owner(membership: Membership, role: Role | None) -> None:
    """Two owners who go at once are looked at one after the other: the site is the lock."""
    Site.objects.select_for_update().get(pk=membership.site_id)
    others = Membership.objects.filter(site=membership.site_id, role=Role.OWNER).exclude(pk=membership.pk)
    if role != Role.OWNER and not others.exists():
        raise MemberRefused("A site needs an owner. Make another member an owner first, or delete the site.")
