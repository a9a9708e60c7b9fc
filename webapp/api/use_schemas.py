"""What a person decides of one use of an image, as the API takes and gives it."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field

from webapp.accounts.models import Owner
from webapp.api.schemas import Given
from webapp.uses.models import UseDecision
from webapp.uses.place import ROLES


class UseAction(StrEnum):
    """text: use a text for this place alone. decorative: nothing is to be read out here. undo: take back what
    stands."""

    TEXT = "text"
    DECORATIVE = "decorative"
    UNDO = "undo"


class UseDecisionRequest(Given):
    """What a person decides for one place."""

    action: UseAction
    alt_text: str = Field("", description="For text: the text.")
    role: str = Field(
        "",
        description="For text: what the image is for here, if the person said.",
        json_schema_extra={"enum": ["", *(role for role in ROLES if role != "decorative")]},
        pattern=f"^({'|'.join(role for role in ROLES if role != 'decorative')})?$",
    )
    version: int | None = Field(
        None,
        ge=0,
        description="The version of the use that the person saw. If somebody decided since, the answer is "
        "stale_version.",
    )


class UseDecisionOut(BaseModel):
    """One entry of a use's history."""

    id: int
    verdict: UseDecision.Verdict
    alt_text: str | None = Field(description='The text that it chose, "" for decoration; null where it chose none.')
    role: str
    undoes: int | None = Field(description="The decision that it takes back; null for the others.")
    is_yours: bool
    decided_at: datetime

    @classmethod
    def of(cls, decision: UseDecision, caller: Owner) -> "UseDecisionOut":
        """The decision as the API shows it to the caller."""
        return cls(
            id=decision.pk,
            verdict=UseDecision.Verdict(decision.verdict),
            alt_text=None if decision.verdict == UseDecision.Verdict.UNDONE else decision.text,
            role=decision.role,
            undoes=decision.undoes_id,
            is_yours=decision.decided_by_id == caller.pk,
            decided_at=decision.decided_at,
        )


class UseHistory(BaseModel):
    """All that was decided of a use, the oldest first."""

    decisions: list[UseDecisionOut]
