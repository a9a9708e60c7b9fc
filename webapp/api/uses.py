"""``/pages/{id}/images/{use}``: what a person decides for one place where an image stands, and the history of it."""

from uuid import UUID

from ninja import Router

from webapp.accounts.roles import Role
from webapp.api.auth import ApiRequest, KeyOrLoopback
from webapp.api.openapi import problems
from webapp.api.page_schemas import UseOut
from webapp.api.use_schemas import UseAction, UseDecisionOut, UseDecisionRequest, UseHistory
from webapp.audit.access import get_use_or_404
from webapp.audit.models import Use
from webapp.audit.places import decide_on, decided_on
from webapp.library.errors import NotUndoable
from webapp.uses.decide import standing_decision
from webapp.uses.models import DecidedUse, UseDecision
from webapp.uses.undo import undo_use

router = Router(tags=["decisions"])

_REFUSALS = (
    "invalid_request",
    "malformed_json",
    "not_found",
    "role_missing",
    "stale_version",
    "not_undoable",
    "use_without_place",
    "sole_content",
    "decoration_with_text",
    "text_empty",
    "text_too_long",
    "length_required",
    "request_too_large",
)


@router.post(
    "/pages/{uuid:audit_id}/images/{int:use_id}/decision",
    response=UseOut,
    auth=KeyOrLoopback("review"),
    summary="Decide for one place",
    openapi_extra={"responses": problems(*_REFUSALS)},
)
def decide_for_use(request: ApiRequest, audit_id: UUID, use_id: int, asked: UseDecisionRequest) -> UseOut:
    """A text for this place alone, which comes before that of the picture; or that the image is decoration here. It is
    kept for the page's and the image's address, for further looks too."""
    use = get_use_or_404(request.auth, audit_id, use_id, Role.REVIEWER)
    match asked.action:
        case UseAction.TEXT:
            decide_on(use, asked.alt_text, owner=request.auth, role=asked.role, version=asked.version)
        case UseAction.DECORATIVE:
            decide_on(use, asked.alt_text, owner=request.auth, role="decorative", version=asked.version)
        case UseAction.UNDO:
            undo_use(_standing(use), owner=request.auth, version=asked.version)
    return UseOut.of(use, _decided(use))


@router.get(
    "/pages/{uuid:audit_id}/images/{int:use_id}/decisions",
    response=UseHistory,
    summary="List what was decided for one place",
    openapi_extra={"responses": problems("not_found")},
)
def list_use_decisions(request: ApiRequest, audit_id: UUID, use_id: int) -> UseHistory:
    """The history of the place. Rows are only ever added."""
    decided = _decided(get_use_or_404(request.auth, audit_id, use_id))
    decisions = decided.decisions.order_by("pk") if decided else UseDecision.objects.none()
    return UseHistory(decisions=[UseDecisionOut.of(decision, request.auth) for decision in decisions])


def _decided(use: Use) -> DecidedUse | None:
    return decided_on(use.page.audit, [use]).get(use.pk)


def _standing(use: Use) -> UseDecision:
    decided = _decided(use)
    decision = standing_decision(decided) if decided else None
    if decision is None:
        raise NotUndoable("Nothing is decided for this place that could be taken back.")
    return decision
