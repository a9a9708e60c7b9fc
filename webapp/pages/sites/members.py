"""The members of a site: invited, given another role, removed; and leaving it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from webapp.accounts.invitations import VALID_FOR, invite
from webapp.accounts.members import MemberRefused, add_member, change_role, remove_member
from webapp.accounts.models import Membership, Site
from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role
from webapp.accounts.sites import get_site_or_404
from webapp.pages.forms import errors_of
from webapp.pages.landing import FieldError
from webapp.pages.notices import notify, see_other
from webapp.pages.requests import is_confirmed
from webapp.pages.sites.forms import InviteForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lists them. POST adds one by user name, or shows a link, this once; or it withdraws links."""
    site = get_site_or_404(session_owner(request), pk, Role.OWNER)
    if "withdraw" in request.POST:
        site.invitations.all().delete()
        notify(request, "No link works any more that was not used yet.")
        return _back(site)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _render(request, site, form, status=422 if form.is_bound else 200)
    name, role = form.cleaned_data["user_name"], Role(form.cleaned_data["role"])
    if not name:
        path = reverse("pages:invitation", args=[invite(site, role)])
        return _render(request, site, InviteForm(), link=request.build_absolute_uri(path), invited=role)
    try:
        add_member(site, name, role)
    except MemberRefused as refusal:
        form.add_error("user_name", refusal.message)
        return _render(request, site, form, status=422)
    notify(request, f"{name} is a member now: {role.value}.")
    return _back(site)


@never_cache
@login_required
@require_POST
def change(request: HttpRequest, pk: UUID, member: int) -> HttpResponse:
    """Gives a member another role."""
    site, membership = _member(request, pk, member)
    role = request.POST.get("role", "")
    if role not in Role.values:
        return _refuse(request, site, membership, "Choose one of the roles.")
    try:
        change_role(membership, Role(role))
    except MemberRefused as refusal:
        return _refuse(request, site, membership, refusal.message)
    notify(request, f"{membership.user.get_username()} is {role} now.")
    return _back(site)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: UUID, member: int) -> HttpResponse:
    """Asks, then ends somebody's membership."""
    site, membership = _member(request, pk, member)
    if request.method != "POST" or not is_confirmed(request):
        return render(request, "sites/remove.html", {"site": site, "member": membership})
    try:
        remove_member(membership)
    except MemberRefused as refusal:
        return _refuse(request, site, membership, refusal.message)
    notify(request, f"{membership.user.get_username()} is no member any more.")
    return _back(site)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then ends one's own membership."""
    site = get_site_or_404(session_owner(request), pk)
    membership = get_object_or_404(Membership, site=site, user=request.user.pk)
    refused = ""
    if request.method == "POST" and is_confirmed(request):
        try:
            remove_member(membership)
        except MemberRefused as refusal:
            refused = refusal.message
        else:
            notify(request, f"You have left {site.name}.")
            return see_other(reverse("pages:sites"))
    errors = [FieldError("leave", refused)] if refused else []
    return render(request, "sites/leave.html", {"site": site, "errors": errors}, status=409 if refused else 200)


def _member(request: HttpRequest, pk: UUID, member: int) -> tuple[Site, Membership]:
    site = get_site_or_404(session_owner(request), pk, Role.OWNER)
    return site, get_object_or_404(Membership.objects.select_related("user"), pk=member, site=site)


def _back(site: Site) -> HttpResponse:
    return see_other(reverse("pages:site-members", args=[site.pk]), "members")


def _refuse(request: HttpRequest, site: Site, membership: Membership, message: str) -> HttpResponse:
    errors = [FieldError(f"role-{membership.pk}", message)]
    return _render(request, site, InviteForm(), errors, status=409, refused_member=membership.pk)


def _render(
    request: HttpRequest,
    site: Site,
    form: InviteForm,
    refused: list[FieldError] | None = None,
    status: int = 200,
    **facts: object,
) -> HttpResponse:
    context = {
        "site": site,
        "form": form,
        "errors": refused or errors_of(form),
        "members": site.memberships.select_related("user"),
        "roles": Role.choices,
        "invitations": site.invitations.count(),
        "valid_days": VALID_FOR.days,
        **facts,
    }
    return render(request, "sites/members.html", context, status=status)
