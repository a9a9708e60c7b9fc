"""``/images/{id}/decision``: what a person decides, by one endpoint; and the history of it."""

from uuid import UUID

from ninja import Router

from webapp.accounts.roles import Role
from webapp.api.auth import ApiRequest, KeyOrLoopback
from webapp.api.decision_schemas import DECISION_REFUSALS, Action, DecisionOut, DecisionRequest, History
from webapp.api.openapi import problems
from webapp.api.problems import FieldError, Problem
from webapp.api.schemas import ImageOut
from webapp.library.access import get_image_or_404
from webapp.library.alike import use_similar
from webapp.library.decide import decide, reject
from webapp.library.errors import NotUndoable
from webapp.library.models import Image
from webapp.library.record import standing_decision
from webapp.library.undo import undo

router = Router(tags=["decisions"])


@router.post(
    "/images/{uuid:image_id}/decision",
    response=ImageOut,
    auth=KeyOrLoopback("review"),
    summary="Approve, edit, reuse, reject or undo",
    openapi_extra={"responses": problems(*DECISION_REFUSALS, "no_candidate", "not_alike", "not_undoable")},
)
def decide_image(request: ApiRequest, image_id: UUID, asked: DecisionRequest) -> ImageOut:
    """One decision. Sending the same again adds nothing; two people who decide at once do so one after the other."""
    image = get_image_or_404(request.auth, image_id, Role.REVIEWER)
    match asked.action:
        case Action.APPROVE:
            decide(image, _candidate(image, asked.candidate), owner=request.auth, version=asked.version)
        case Action.EDIT:
            decide(image, asked.alt_text, owner=request.auth, version=asked.version)
        case Action.REUSE:
            use_similar(image, _other(asked.similar), owner=request.auth, version=asked.version)
        case Action.REJECT:
            reject(image, owner=request.auth, version=asked.version)
        case Action.UNDO:
            decision = standing_decision(image)
            if decision is None:
                raise NotUndoable("Nothing is decided of this picture that could be taken back.")
            undo(decision, owner=request.auth, version=asked.version)
    return ImageOut.of(get_image_or_404(request.auth, image_id))


@router.get(
    "/images/{uuid:image_id}/decisions",
    response=History,
    summary="List what was decided",
    openapi_extra={"responses": problems("not_found")},
)
def list_decisions(request: ApiRequest, image_id: UUID) -> History:
    """The image's history. Rows are only ever added."""
    decisions = get_image_or_404(request.auth, image_id).decisions.order_by("pk")
    return History(decisions=[DecisionOut.of(decision, request.auth) for decision in decisions])


def _other(similar: UUID | None) -> UUID:
    if similar is None:
        detail = "Name the image whose text is to be used; GET /images/{id} lists those that look alike."
        raise Problem("invalid_request", detail, errors=[FieldError("similar", "missing", detail)])
    return similar


def _candidate(image: Image, rank: int) -> str:
    text = image.sentence(str(rank))
    if not text:
        raise Problem("no_candidate", f"The picture has no candidate {rank}. Choose one of its candidates, or edit.")
    return text
