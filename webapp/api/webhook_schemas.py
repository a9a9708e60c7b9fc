"""The shapes of webhooks and their deliveries in the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from webapp.api.schemas import ErrorOut, Given
from webapp.webhooks.change import read_address
from webapp.webhooks.events import EVENTS
from webapp.webhooks.models import Delivery, Webhook
from webapp.webhooks.sign import secret_of
from webapp.webhooks.words import trouble


def _known(event: str) -> str:
    if event not in EVENTS:
        raise ValueError(f"There is no such event. Choose of {', '.join(EVENTS)}.")
    return event


Address = Annotated[str, AfterValidator(read_address)]
Event = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(EVENTS)})]
Events = Annotated[list[Event], Field(min_length=1, max_length=50, description="What is told.")]


class WebhookRequest(Given):
    """A new webhook."""

    url: Address = Field(description="Where deliveries are posted to: an http or https address on the web.")
    events: Events


class WebhookChange(Given):
    """What is left out stays as it is."""

    url: Address = ""
    events: Events = Field([])
    active: bool = Field(True, description="Whether events are told. What waited is sent when it is switched on again.")


class WebhookOut(BaseModel):
    """A webhook, as owners of its site see it."""

    id: UUID
    url: str
    events: list[str]
    active: bool
    paused_at: datetime | None = Field(
        description="When Captioner switched it off, since too many deliveries failed; null while it did not."
    )
    maker_left_at: datetime | None = Field(
        description="When who made it, or last switched it on, ceased to be an owner of the site, so that Captioner "
        "switched it off; null while it did not."
    )
    secret_made_at: datetime
    created_at: datetime

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookOut":
        """The webhook as the API shows it."""
        return cls(**{name: getattr(webhook, name) for name in WebhookOut.model_fields})


class WebhookMade(WebhookOut):
    """A webhook with its secret, which is told this once."""

    secret: str = Field(description="whsec_ and base64: the key of its signatures.")

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookMade":
        """The webhook and its newest secret."""
        return cls(secret=secret_of(webhook), **WebhookOut.of(webhook).model_dump())


class WebhookList(BaseModel):
    """The webhooks of a site, the oldest first."""

    webhooks: list[WebhookOut]


class DeliveryOut(BaseModel):
    """One event for one webhook, and what came of it."""

    id: UUID = Field(description="What the header Webhook-Id says, in each try.")
    event: str
    state: Delivery.State
    attempts: int
    next_attempt_at: datetime | None = Field(description="Null where nothing more is to be sent.")
    tried_at: datetime | None = Field(description="When the last try began.")
    status: int | None = Field(description="HTTP status of the last answer; null where there was none.")
    error: ErrorOut | None = Field(description="Why the last try failed.")
    body: str = Field(description="As it is sent.")
    created_at: datetime

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryOut":
        """The delivery as the API shows it."""
        names = ("id", "event", "attempts", "tried_at", "status", "body", "created_at")
        return cls(
            state=Delivery.State(delivery.state),
            next_attempt_at=delivery.next_attempt_at if delivery.state == Delivery.State.WAITING else None,
            error=ErrorOut(code=delivery.error_code, detail=trouble(delivery)) if delivery.error_code else None,
            **{name: getattr(delivery, name) for name in names},
        )


class DeliveryPage(BaseModel):
    """A page of a webhook's log, newest first."""

    deliveries: list[DeliveryOut]
    page: int
    pages: int
    total: int
