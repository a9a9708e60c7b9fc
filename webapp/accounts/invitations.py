"""Links that make their first reader a member of a site. A link is shown once; it works once, and for a week."""

import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from webapp.accounts.members import MemberRefused
from webapp.accounts.models import Invitation, Membership, Site
from webapp.accounts.roles import Role

VALID_FOR = timedelta(days=7)


def invite(site: Site, role: Role) -> str:
    """The token of a new invitation, which cannot be had again."""
    token = secrets.token_urlsafe(24)
    Invitation.objects.filter(site=site, expires_at__lte=timezone.now()).delete()
    Invitation.objects.create(site=site, role=role, digest=_digest(token), expires_at=timezone.now() + VALID_FOR)
    return token


def find_invitation(token: str) -> Invitation | None:
    """The invitation, if it was not used yet and its time is not up."""
    found = Invitation.objects.select_related("site").filter(digest=_digest(token), expires_at__gt=timezone.now())
    return found.first()


def accept(invitation: Invitation, user: User) -> Membership:
    """Makes the user a member, and ends the invitation.

    Raises:
        MemberRefused: the user is a member already, or somebody else was quicker.
    """
    with transaction.atomic():
        if not Invitation.objects.select_for_update().filter(pk=invitation.pk).exists():
            raise MemberRefused("This invitation was used already. Ask for another one.")
        membership, is_new = Membership.objects.get_or_create(
            site=invitation.site, user=user, defaults={"role": invitation.role}
        )
        if not is_new:
            raise MemberRefused("You are a member of this site already.")
        invitation.delete()
    return membership


def _digest(token: str) -> str:
    return salted_hmac("webapp.accounts.invitations", token, algorithm="sha256").hexdigest()
