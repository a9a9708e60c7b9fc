"""Reading what ``POST /captions`` takes: form data with files, or JSON with base64."""

import base64
import binascii

from django.http import HttpRequest
from pydantic import ValidationError

from webapp.api.problems import FieldError, Problem
from webapp.api.schemas import CaptionRequest
from webapp.library.errors import NoImage
from webapp.library.submit import Upload
from webapp.library.uploads import check_count, collect_uploads

_FORM_FIELDS = {"context"}


def read_request(request: HttpRequest) -> tuple[list[Upload], str]:
    """The uploads and the context, by the body's content type.

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


def _read_form(request: HttpRequest) -> tuple[list[Upload], str]:
    if "image" in request.POST:
        message = "The field image came as text. Send a file; with curl write -F image=@photo.jpg."
        raise Problem("invalid_request", message, errors=[FieldError("image", "not_a_file", message)])
    unknown = [
        FieldError(name, "unknown_field", "Send files in the field image, and text in the field context.")
        for name in sorted({*request.FILES} - {"image"} | {*request.POST} - _FORM_FIELDS)
    ]
    if unknown:
        raise Problem("invalid_request", "The form has a field that is not known here.", errors=unknown)
    files = request.FILES.getlist("image")
    if not files:
        raise NoImage("No image came with the request. Send each file in the field image.")
    return collect_uploads(files), request.POST.get("context", "")


def _read_json(body: bytes) -> tuple[list[Upload], str]:
    try:
        asked = CaptionRequest.model_validate_json(body)
    except ValidationError as error:
        raise _as_problem(error) from error
    if asked.image and asked.images:
        raise Problem("invalid_request", "Send either image or images, not both.")
    given = [asked.image] if asked.image else asked.images
    if not given:
        raise NoImage("No image came with the request. Send image, or images with at least one entry.")
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
    return uploads, asked.context


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
