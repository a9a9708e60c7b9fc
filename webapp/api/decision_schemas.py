"""What a person decides of an image, as the API takes and gives it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from webapp.accounts.models import Owner
from webapp.api.schemas import Given
from webapp.library.models import Decision

# What every endpoint that decides may answer.
DECISION_REFUSALS = (
    "invalid_request",
    "malformed_json",
    "not_found",
    "image_not_ready",
    "stale_version",
    "role_missing",
    "length_required",
    "request_too_large",
    "text_empty",
    "text_too_long",
)
_VERSION = Field(
    None,
    ge=0,
    description="The image's version that the person saw. If somebody decided since, the answer is stale_version.",
)


class AltTextChoice(Given):
    """A person's decision."""

    alt_text: str = Field(description="The text to use. One of the candidates, unchanged, counts as approved.")
    version: int | None = _VERSION


class Action(StrEnum):
    """approve: use a candidate as it stands. edit: use the person's own text. reuse: use the text of an image that
    looks alike. reject: the drafts are wrong, and there is no text. undo: take back the decision that stands."""

    APPROVE = "approve"
    EDIT = "edit"
    REUSE = "reuse"
    REJECT = "reject"
    UNDO = "undo"


class DecisionRequest(Given):
    """What a person decides."""

    action: Action
    candidate: int = Field(0, ge=0, description="For approve: which of the candidates, the best is 0.")
    alt_text: str = Field("", description="For edit: the text.")
    similar: UUID | None = Field(None, description="For reuse: whose text, the id of an image among its `similar`.")
    version: int | None = _VERSION


class DecisionOut(BaseModel):
    """One entry of an image's history."""

    id: int
    verdict: Decision.Verdict
    alt_text: str | None = Field(description="The text that it chose; null where it chose none.")
    undoes: int | None = Field(description="The decision that it takes back; null for the others.")
    reused_from: UUID | None = Field(description="The image from which the text came, if from another one.")
    is_yours: bool
    decided_at: datetime

    @classmethod
    def of(cls, decision: Decision, caller: Owner) -> "DecisionOut":
        """The decision as the API shows it to the caller."""
        return cls(
            id=decision.pk,
            verdict=Decision.Verdict(decision.verdict),
            alt_text=decision.text or None,
            undoes=decision.undoes_id,
            reused_from=decision.reused_from_id,
            is_yours=decision.decided_by_id == caller.pk,
            decided_at=decision.decided_at,
        )


class History(BaseModel):
    """All that was decided of an image, the oldest first."""

    decisions: list[DecisionOut]
