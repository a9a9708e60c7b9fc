"""API keys for programs: made here, shown once, revoked here."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.keys import make_key, revoke
from webapp.accounts.local import is_local
from webapp.accounts.models import ApiKey
from webapp.accounts.owners import session_owner
from webapp.pages.notices import notify, see_other

NAME_LENGTH = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Lists the session's keys. POST makes one and shows it, this once."""
    if request.method != "POST":
        return _render(request)
    if not _may_make_keys(request):
        return _render(request, status=403)
    name = request.POST.get("name", "").strip()
    if not name:
        return _render(request, error="Give the key a name, so that you know it again in the list.", status=422)
    if len(name) > NAME_LENGTH:
        error = f"The name has {len(name)} characters. Shorten it to {NAME_LENGTH}."
        return _render(request, error=error, name=name, status=422)
    key, secret = make_key(name, made_by=session_owner(request, create=True))
    return _render(request, made=key, secret=secret)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then ends a key of this session for good."""
    key = get_object_or_404(ApiKey, pk=pk, made_by=session_owner(request), made_by__isnull=False)
    if key.revoked_at:
        return redirect("pages:keys")
    if request.method != "POST":
        return render(request, "key_revoke.html", {"key": key})
    revoke(key)
    notify(request, f"The key “{key.name}” is revoked. Requests with it are refused from now on.")
    return see_other(reverse("pages:keys"), "your-keys")


def _may_make_keys(request: HttpRequest) -> bool:
    """A key opens the API from anywhere, so not every visitor may make one (``KEYS_PAGE``)."""
    return is_local(request) if settings.KEYS_PAGE == "loopback" else settings.KEYS_PAGE == "everyone"


def _render(request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    owner = session_owner(request)
    made = ApiKey.objects.filter(made_by=owner).order_by("-created_at") if owner else ApiKey.objects.none()
    facts = {"keys": made, "may_make_keys": _may_make_keys(request)}
    return render(request, "keys.html", {**facts, **context}, status=status)
