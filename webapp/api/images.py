"""``/images``: drafts, their texts, another try, and the end."""

from typing import Annotated
from uuid import UUID

from django.core.paginator import Paginator
from ninja import Query, Router, Status

from webapp.accounts.roles import Role
from webapp.api.auth import ApiRequest, KeyOrLoopback
from webapp.api.decision_schemas import DECISION_REFUSALS, AltTextChoice
from webapp.api.openapi import problems
from webapp.api.schemas import ImageDetails, ImageOut, ImagePage, ImageState
from webapp.library.access import get_image_or_404
from webapp.library.decide import decide
from webapp.library.delete import delete_image
from webapp.library.search import WORDS_LENGTH, Sought, search
from webapp.queue.retry import retry

router = Router(tags=["images"])

PAGE_SIZE = 50


@router.get(
    "/images",
    response=ImagePage,
    summary="List and search your images",
    openapi_extra={"responses": problems("invalid_request")},
)
def list_images(
    request: ApiRequest,
    q: Annotated[
        str,
        Query(
            max_length=WORDS_LENGTH,
            description="Words; each is in the decided text, the suggestion or the name. Parts of words count.",
        ),
    ] = "",
    state: Annotated[ImageState | None, Query(description="Only images in this state.")] = None,
    lang: Annotated[
        str,
        Query(pattern=r"^([A-Za-z0-9-]{1,35})?$", description="Only texts in this language; en finds en-GB too."),
    ] = "",
    sha256: Annotated[
        str, Query(pattern=r"^([0-9a-f]{64})?$", description="Only images of the file with this hash.")
    ] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> ImagePage:
    """Your images, newest first, 50 a page; all of them, or those for which all that is given holds."""
    images = search(request.auth, Sought(q, state.value if state else "", lang, sha256))
    paginator = Paginator(images, PAGE_SIZE)
    shown = paginator.page(page).object_list if page <= paginator.num_pages else []
    return ImagePage(
        images=[ImageOut.of(image) for image in shown], page=page, pages=paginator.num_pages, total=paginator.count
    )


@router.get(
    "/images/{uuid:image_id}",
    response=ImageDetails,
    url_name="image",
    summary="Ask for an image",
    openapi_extra={"responses": problems("not_found")},
)
def get_image(request: ApiRequest, image_id: UUID) -> ImageDetails:
    """The image, its draft, the decided text if there is one, and decided images that look alike."""
    return ImageDetails.with_similar(get_image_or_404(request.auth, image_id))


@router.patch(
    "/images/{uuid:image_id}",
    response=ImageOut,
    summary="Decide the text",
    auth=KeyOrLoopback("review"),
    openapi_extra={"responses": problems(*DECISION_REFUSALS)},
)
def patch_image(request: ApiRequest, image_id: UUID, choice: AltTextChoice) -> ImageOut:
    """Makes alt_text the image's text: approved when it equals a candidate, otherwise edited."""
    image = get_image_or_404(request.auth, image_id, Role.REVIEWER)
    decide(image, choice.alt_text, owner=request.auth, version=choice.version)
    return ImageOut.of(get_image_or_404(request.auth, image_id))


@router.delete(
    "/images/{uuid:image_id}",
    response={204: None},
    summary="Delete an image",
    openapi_extra={"responses": problems("not_found", "role_missing")},
)
def delete_image_(request: ApiRequest, image_id: UUID) -> Status[None]:
    """Deletes the image with its draft and texts at once; its job too when it was the last one there."""
    delete_image(get_image_or_404(request.auth, image_id, Role.REVIEWER))
    return Status(204, None)


@router.post(
    "/images/{uuid:image_id}/retry",
    response={202: ImageOut},
    summary="Try an image again",
    openapi_extra={"responses": problems("not_found", "role_missing", "not_retryable")},
)
def retry_image(request: ApiRequest, image_id: UUID) -> Status[ImageOut]:
    """Queues an image again whose captioning failed for a reason that was not the file's."""
    retry(get_image_or_404(request.auth, image_id, Role.REVIEWER))
    return Status(202, ImageOut.of(get_image_or_404(request.auth, image_id)))
