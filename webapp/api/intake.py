"""Reading what ``POST /captions`` and ``POST /pages`` take: form data with files, or JSON."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from pydantic import ValidationError

from webapp.api.page_schemas import PageRequest
from webapp.api.problems import FieldError, Problem
from webapp.api.schemas import CaptionRequest
from webapp.audit.errors import NoPage
from webapp.audit.models import Audit
from webapp.fetch.errors import UrlInvalid
from webapp.library.addresses import linked
from webapp.library.errors import NoImage
from webapp.library.submit import Linked, Upload
from webapp.library.uploads import ARCHIVE_FIELD, check_count, collect_uploads

_FORM_FIELDS = {"context", "image_url", "site"}


@dataclass(frozen=True, slots=True)
class Given:
    """What a request hands over: files, or the address of an image, what they are for, and for which site."""

    uploads: Sequence[Upload] = ()
    linked: Linked | None = None
    context: str = ""
    site: UUID | None = None


@dataclass(frozen=True, slots=True)
class GivenArchive:
    """The archive of a site, and for which of the key's sites it is."""

    upload: Upload
    site: UUID | None = None


def read_request(request: HttpRequest) -> Given:
    """What is given, by the body's content type.

    Raises:
        Problem: the body is not of the documented form.
        NoImage, TooManyFiles: too little or too much in it.
    """
    match request.content_type:
        case "multipart/form-data":
            return _read_form(request)
        case "application/json":
            return _read_json(request.body)
    raise Problem(
        "content_type_not_supported",
        "Send multipart/form-data with the field image, or application/json.",
        headers={"Accept": "multipart/form-data, application/json"},
    )


def read_pages_request(request: HttpRequest) -> PageRequest | GivenArchive:
    """What ``POST /pages`` takes: a page by its address or HTML, or the archive of a site.

    Raises:
        Problem: the body is not of the documented form.
        NoPage: there is neither in it.
    """
    if request.content_type == "multipart/form-data":
        files = request.FILES.getlist(ARCHIVE_FIELD)
        if len(files) != 1 or len(request.FILES) > 1 or {*request.POST} - {"site"}:
            raise Problem("invalid_request", "Send one file in the field archive, and nothing else but site.")
        return GivenArchive(collect_uploads(files)[0], _site(request))
    if request.content_type != "application/json":
        raise Problem(
            "content_type_not_supported",
            "Send application/json, or multipart/form-data with the field archive.",
            headers={"Accept": "multipart/form-data, application/json"},
        )
    try:
        asked = PageRequest.model_validate_json(request.body)
    except ValidationError as error:
        raise _as_problem(error) from error
    if asked.url and asked.html:
        raise Problem("invalid_request", "Send either url or html, not both.")
    if asked.html and (asked.depth or asked.max_pages):
        raise Problem("invalid_request", "depth and max_pages go with url: from HTML no links are followed.")
    if asked.html and asked.schedule != Audit.Schedule.NEVER:
        raise Problem("invalid_request", "schedule goes with url: HTML that was handed over stays as it is.")
    if not asked.url and not asked.html:
        raise NoPage("No page came with the request. Send its address in url, or its HTML in html.")
    return asked


def _read_form(request: HttpRequest) -> Given:
    if "image" in request.POST:
        message = "The field image came as text. Send a file; with curl write -F image=@photo.jpg."
        raise Problem("invalid_request", message, errors=[FieldError("image", "not_a_file", message)])
    unknown = [
        FieldError(name, "unknown_field", "Send files in the field image; text in context and image_url.")
        for name in sorted({*request.FILES} - {"image"} | {*request.POST} - _FORM_FIELDS)
    ]
    if unknown:
        raise Problem("invalid_request", "The form has a field that is not known here.", errors=unknown)
    files, context = request.FILES.getlist("image"), request.POST.get("context", "")
    address = request.POST.get("image_url", "")
    if files and address:
        raise Problem("invalid_request", "Send either image or image_url, not both.")
    if address:
        return Given(linked=_linked(address), context=context, site=_site(request))
    if not files:
        raise NoImage("No image came with the request. Send each file in the field image, or its address in image_url.")
    return Given(collect_uploads(files), context=context, site=_site(request))


def _site(request: HttpRequest) -> UUID | None:
    given = request.POST.get("site", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        message = "Write the site's id, as GET /sites tells it."
        raise Problem("invalid_request", message, errors=[FieldError("site", "not_an_id", message)]) from None


def _read_json(body: bytes) -> Given:
    try:
        asked = CaptionRequest.model_validate_json(body)
    except ValidationError as error:
        raise _as_problem(error) from error
    if bool(asked.image) + bool(asked.images) + bool(asked.image_url) > 1:
        raise Problem("invalid_request", "Send one of image, images and image_url.")
    if asked.image_url:
        return Given(linked=_linked(asked.image_url), context=asked.context, site=asked.site)
    given = [asked.image] if asked.image else asked.images
    if not given:
        raise NoImage("No image came with the request. Send image, image_url, or images with at least one entry.")
    check_count(len(given))
    uploads, errors = [], []
    for index, image in enumerate(given):
        try:
            data = base64.b64decode("".join(image.data.split()), validate=True)
        except (binascii.Error, ValueError):
            place = "image.data" if asked.image else f"images[{index}].data"
            errors.append(FieldError(place, "invalid_base64", "Encode the file's bytes with the standard alphabet."))
        else:
            uploads.append(Upload(image.name, data))
    if errors:
        raise Problem("invalid_base64", "The data of an image is not base64.", errors=errors)
    return Given(uploads, context=asked.context, site=asked.site)


def _linked(address: str) -> Linked:
    try:
        return linked(address)
    except UrlInvalid as error:
        raise Problem(error.code, error.message, errors=[FieldError("image_url", error.code, error.message)]) from error


def _as_problem(error: ValidationError) -> Problem:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    if any(detail["type"] == "json_invalid" for detail in details):
        return Problem("malformed_json", f"{details[0]['msg']}.")
    errors = [FieldError(field_path(detail["loc"]), detail["type"], detail["msg"]) for detail in details]
    return Problem("invalid_request", "The body does not have the documented form. See errors.", errors=errors)


def field_path(location: tuple[int | str, ...]) -> str:
    """A place in a document as people write it: ``images[2].data``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path
