"""``/usage``: how much the caller has handed over, of how much."""

from datetime import datetime
from uuid import UUID

from ninja import Router
from pydantic import BaseModel, Field

from webapp.accounts.roles import sites_of
from webapp.api.auth import ApiRequest
from webapp.api.openapi import problems
from webapp.library.quota import Period, Usage, usage

router = Router(tags=["usage"])


class PeriodOut(BaseModel):
    """What was handed over in the period that runs now."""

    period: Period
    pictures: int = Field(description="Handed over so far, deleted or not.")
    limit: int | None = Field(description="How many may be; null: as many as you like.")
    begins_anew: datetime = Field(description="The end of the period, by the calendar in UTC.")

    @classmethod
    def of(cls, one: Usage) -> "PeriodOut":
        """The period as the API shows it."""
        return cls(period=one.period, pictures=one.pictures, limit=one.limit, begins_anew=one.begins_anew)


class UsageOut(BaseModel):
    """How much was handed over."""

    site: UUID | None = Field(description="The site that it is counted for, with all its keys; null: this key alone.")
    periods: list[PeriodOut]


@router.get("/usage", response=UsageOut, summary="Ask what is used", openapi_extra={"responses": problems()})
def get_usage(request: ApiRequest) -> UsageOut:
    """How many pictures were handed over today and this month. How fast you may ask stands in the headers of each
    answer."""
    site = sites_of(request.auth).first()
    return UsageOut(site=site.pk if site else None, periods=[PeriodOut.of(one) for one in usage(request.auth, site)])
