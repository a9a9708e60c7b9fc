"""API keys for programs: made here, shown once, revoked here."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.keys import SCOPES, make_key, revoke
from webapp.accounts.local import is_local
from webapp.accounts.models import ApiKey, Owner, Site
from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, sites_of
from webapp.pages.forms import PlainForm, errors_of
from webapp.pages.notices import notify, see_other

NAME_LENGTH = 100


class KeyForm(PlainForm, forms.Form):
    """What a key is called, what it may do, and for which site; the last where its maker has sites."""

    name = forms.CharField(
        label="Name",
        help_text="For you, to tell your keys apart: “my shop”, for example.",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give the key a name, so that you know it again in the list.",
            "max_length": "The name has %(show_value)d characters. Shorten it to %(limit_value)d.",
        },
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=list(SCOPES.items()),
        initial=list(SCOPES),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing that the key may do."},
    )
    site = forms.ModelChoiceField(
        Site.objects.none(),
        label="Site",
        help_text="With a site it sees what the site has, and may do what you may there.",
        required=False,
        empty_label="None: only what is handed over with the key",
        error_messages={"invalid_choice": "Choose one of your sites, or none."},
    )

    def __init__(self, owner: Owner | None, data: Any = None) -> None:
        super().__init__(data, auto_id="%s")
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # what is too long is told, not cut off
        sites = sites_of(owner).order_by("name", "pk")
        if sites:
            self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        else:
            del self.fields["site"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Lists the owner's keys. POST makes one and shows it, this once."""
    owner = session_owner(request)
    if request.method != "POST":
        return _render(request, KeyForm(owner))
    if not _may_make_keys(request):
        return _render(request, KeyForm(owner), status=403)
    form = KeyForm(owner, request.POST)
    if not form.is_valid():
        return _render(request, form, status=422)
    given = form.cleaned_data
    maker = session_owner(request, create=True)
    key, secret = make_key(given["name"], maker, given["scopes"], given.get("site"))
    return _render(request, KeyForm(maker), made=key, secret=secret)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then ends a key for good: one that this owner made, or one for a site that is the owner's."""
    owner = session_owner(request)
    is_ours = Q(made_by=owner, made_by__isnull=False) | Q(site__in=sites_of(owner, Role.OWNER))
    key = get_object_or_404(ApiKey.objects.filter(is_ours), pk=pk)
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


def _render(request: HttpRequest, form: KeyForm, status: int = 200, **facts: object) -> HttpResponse:
    owner = session_owner(request)
    made = ApiKey.objects.filter(made_by=owner) if owner else ApiKey.objects.none()
    context = {
        "form": form,
        "errors": errors_of(form),
        "keys": made.select_related("site").order_by("-created_at"),
        "may_make_keys": _may_make_keys(request),
        **facts,
    }
    return render(request, "keys.html", context, status=status)
