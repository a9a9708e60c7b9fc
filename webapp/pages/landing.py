"""The front page: it is the tool."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from webapp.accounts.models import Site
from webapp.accounts.owners import session_owner
from webapp.fetch.errors import UrlInvalid
from webapp.library.addresses import linked
from webapp.library.errors import Busy, LibraryError, QueueFull, StorageFull
from webapp.library.submit import CONTEXT_LENGTH, Examined, Linked, Upload, examine, submit
from webapp.library.trouble import RETRY_AFTER, telling_trouble
from webapp.library.uploads import collect_uploads
from webapp.pages.notices import see_other
from webapp.pages.rates import costs_work
from webapp.pages.samples import SAMPLES, Sample, thumbnail
from webapp.pages.site_choice import FIELD as SITE_FIELD
from webapp.pages.site_choice import UNKNOWN, UnknownSite, chosen_site, site_choices

IMAGES_FIELD = "images"
ADDRESS_FIELD = "address"
CONTEXT_FIELD = "context"
_NOTHING = "Choose at least one picture, or give the address of one."
_PASSING = (QueueFull, StorageFull, Busy)


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with a field, in a sentence; ``field`` is the id of the control."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed beside the files, to be shown again where something is wrong."""

    address: str = ""
    context: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@costs_work
def landing(request: HttpRequest) -> HttpResponse:
    """Shows the form; POST takes the pictures in and leads to their job."""
    if request.method != "POST":
        return _render(request)
    typed = Typed(request.POST.get(ADDRESS_FIELD, "").strip(), request.POST.get(CONTEXT_FIELD, ""))
    files = request.FILES.getlist(IMAGES_FIELD)
    if not files and not typed.address:
        return _render(request, [FieldError(IMAGES_FIELD, _NOTHING)], typed, status=422)
    try:
        examined = [examine(upload) for upload in collect_uploads(files)] if files else []
        at_address, errors = _at_address(typed.address)
        errors = [*_errors(examined, typed.context), *errors]
        if errors:
            return _render(request, errors, typed, status=422)
        return _submit(request, [*examined, *at_address], typed.context, chosen_site(request, session_owner(request)))
    except UnknownSite:
        return _render(request, [FieldError(SITE_FIELD, UNKNOWN)], typed, status=422)
    except LibraryError as error:
        return _refuse(request, error, typed)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@costs_work
def try_sample(request: HttpRequest, slug: str) -> HttpResponse:
    """POST hands a sample over as if the visitor had chosen it."""
    sample = _sample(slug)
    if request.method != "POST":
        return redirect("pages:landing")
    try:
        return _submit(request, [examine(Upload(sample.file, sample.data))], "")
    except LibraryError as error:
        return _refuse(request, error)


@cache_control(public=True, max_age=86_400)
@require_safe
def sample_thumbnail(request: HttpRequest, slug: str) -> HttpResponse:
    """The small picture on a sample's button."""
    return HttpResponse(thumbnail(_sample(slug)), content_type="image/jpeg")


def _sample(slug: str) -> Sample:
    if slug not in SAMPLES:
        raise Http404
    return SAMPLES[slug]


def _at_address(address: str) -> tuple[list[Linked], list[FieldError]]:
    """The picture at the address, if one was given, or what is wrong with it."""
    try:
        return [linked(address)] if address else [], []
    except UrlInvalid as error:
        return [], [FieldError(ADDRESS_FIELD, error.message)]


def _submit(
    request: HttpRequest, given: Sequence[Examined | Linked], context: str, site: Site | None = None
) -> HttpResponse:
    with telling_trouble():
        owner = session_owner(request, create=True)  # a first visit writes its owner
    assert owner is not None, "a session was begun for it"
    job = submit(owner, given, context=context, site=site)
    return see_other(reverse("pages:job", args=[job.pk]))


def _refuse(request: HttpRequest, error: LibraryError, typed: Typed = Typed()) -> HttpResponse:
    passing = isinstance(error, _PASSING)
    response = _render(request, [FieldError(IMAGES_FIELD, error.message)], typed, status=503 if passing else 422)
    if passing:
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _errors(examined: Sequence[Examined], context: str) -> list[FieldError]:
    """What must be put right first. A bad file among good ones is no error here: it gets a card with its reason."""
    errors = []
    if examined and all(one.error for one in examined):
        errors += [FieldError(IMAGES_FIELD, f"{one.name}: {one.error.message}") for one in examined if one.error]
    if len(context) > CONTEXT_LENGTH:
        message = f"What the pictures are for has {len(context):,} characters. Shorten it to {CONTEXT_LENGTH:,}."
        errors.append(FieldError(CONTEXT_FIELD, message))
    return errors


def _render(
    request: HttpRequest, errors: Sequence[FieldError] = (), typed: Typed = Typed(), status: int = 200
) -> HttpResponse:
    return render(
        request,
        "landing.html",
        {
            "errors": errors,
            "images_errors": [error.message for error in errors if error.field == IMAGES_FIELD],
            "site_errors": [error.message for error in errors if error.field == SITE_FIELD],
            **site_choices(request, session_owner(request)),
            "context_errors": [error.message for error in errors if error.field == CONTEXT_FIELD],
            "address_errors": [error.message for error in errors if error.field == ADDRESS_FIELD],
            "address": typed.address,
            "context": typed.context,
            "context_length": CONTEXT_LENGTH,
            "max_files": settings.MAX_FILES_PER_UPLOAD,
            "samples": SAMPLES.values(),
        },
        status=status,
    )
