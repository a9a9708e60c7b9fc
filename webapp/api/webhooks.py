"""``/sites/{id}/webhooks``: where a site's programs are told what happens. Only for keys that an owner of it made."""

from typing import Annotated
from uuid import UUID

from django.core.paginator import Paginator
from ninja import Query, Router, Status

from webapp.accounts.roles import Role
from webapp.accounts.sites import get_site_or_404
from webapp.api.auth import ApiRequest
from webapp.api.openapi import problems
from webapp.api.webhook_schemas import (
    DeliveryOut,
    DeliveryPage,
    WebhookChange,
    WebhookList,
    WebhookMade,
    WebhookOut,
    WebhookRequest,
)
from webapp.webhooks.access import get_delivery_or_404, get_webhook_or_404
from webapp.webhooks.change import change_webhook, make_webhook, renew_secret, send_again, send_test

router = Router(tags=["webhooks"])

DELIVERIES_AT_ONCE = 50
_BODY = ("invalid_request", "malformed_json", "length_required", "request_too_large")
_OURS = {"responses": problems("not_found", "role_missing")}
_WEBHOOK = "/sites/{uuid:site_id}/webhooks/{uuid:webhook_id}"


@router.get(
    "/sites/{uuid:site_id}/webhooks", response=WebhookList, summary="List a site's webhooks", openapi_extra=_OURS
)
def list_webhooks(request: ApiRequest, site_id: UUID) -> WebhookList:
    """Those that are switched off too."""
    site = get_site_or_404(request.auth, site_id, Role.OWNER)
    return WebhookList(webhooks=[WebhookOut.of(webhook) for webhook in site.webhooks.all()])


@router.post(
    "/sites/{uuid:site_id}/webhooks",
    response={201: WebhookMade},
    summary="Make a webhook",
    openapi_extra={"responses": problems("not_found", "role_missing", "too_many_webhooks", *_BODY)},
)
def post_webhook(request: ApiRequest, site_id: UUID, asked: WebhookRequest) -> Status[WebhookMade]:
    """The answer holds its secret, this once."""
    site = get_site_or_404(request.auth, site_id, Role.OWNER)
    return Status(201, WebhookMade.of(make_webhook(site, asked.url, asked.events, by=request.auth)))


@router.get(_WEBHOOK, response=WebhookOut, summary="Ask for a webhook", openapi_extra=_OURS)
def get_webhook(request: ApiRequest, site_id: UUID, webhook_id: UUID) -> WebhookOut:
    """Its settings, and whether it is paused."""
    return WebhookOut.of(get_webhook_or_404(request.auth, site_id, webhook_id))


@router.patch(
    _WEBHOOK,
    response=WebhookOut,
    summary="Change a webhook",
    openapi_extra={"responses": problems("not_found", "role_missing", *_BODY)},
)
def patch_webhook(request: ApiRequest, site_id: UUID, webhook_id: UUID, change: WebhookChange) -> WebhookOut:
    """Changes what is named, and nothing else."""
    webhook = get_webhook_or_404(request.auth, site_id, webhook_id)
    settings = {name: getattr(webhook, name) for name in WebhookChange.model_fields}
    change_webhook(webhook, **settings | change.model_dump(exclude_unset=True), by=request.auth)
    return WebhookOut.of(webhook)


@router.delete(_WEBHOOK, response={204: None}, summary="Delete a webhook", openapi_extra=_OURS)
def delete_webhook(request: ApiRequest, site_id: UUID, webhook_id: UUID) -> Status[None]:
    """Deletes it with its log. What waits is not sent any more."""
    get_webhook_or_404(request.auth, site_id, webhook_id).delete()
    return Status(204, None)


@router.post(f"{_WEBHOOK}/secret", response=WebhookMade, summary="Renew a webhook's secret", openapi_extra=_OURS)
def post_secret(request: ApiRequest, site_id: UUID, webhook_id: UUID) -> WebhookMade:
    """Another secret, told this once. For a day the former one signs too."""
    webhook = get_webhook_or_404(request.auth, site_id, webhook_id)
    renew_secret(webhook)
    return WebhookMade.of(webhook)


@router.post(f"{_WEBHOOK}/test", response={202: DeliveryOut}, summary="Send a test", openapi_extra=_OURS)
def post_test(request: ApiRequest, site_id: UUID, webhook_id: UUID) -> Status[DeliveryOut]:
    """A delivery about nothing, tried once. While one waits, it is answered with that one."""
    return Status(202, DeliveryOut.of(send_test(get_webhook_or_404(request.auth, site_id, webhook_id))))


@router.get(
    f"{_WEBHOOK}/deliveries",
    response=DeliveryPage,
    summary="List a webhook's deliveries",
    openapi_extra={"responses": problems("not_found", "role_missing", "invalid_request")},
)
def list_deliveries(
    request: ApiRequest, site_id: UUID, webhook_id: UUID, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> DeliveryPage:
    """Its log, newest first, 50 a page."""
    paginator = Paginator(get_webhook_or_404(request.auth, site_id, webhook_id).deliveries.all(), DELIVERIES_AT_ONCE)
    shown = paginator.page(page).object_list if page <= paginator.num_pages else []
    deliveries = [DeliveryOut.of(delivery) for delivery in shown]
    return DeliveryPage(deliveries=deliveries, page=page, pages=paginator.num_pages, total=paginator.count)


@router.get(
    f"{_WEBHOOK}/deliveries/{{uuid:delivery_id}}",
    response=DeliveryOut,
    summary="Ask for a delivery",
    openapi_extra=_OURS,
)
def get_delivery(request: ApiRequest, site_id: UUID, webhook_id: UUID, delivery_id: UUID) -> DeliveryOut:
    """What was sent, and what came of it."""
    return DeliveryOut.of(get_delivery_or_404(request.auth, site_id, webhook_id, delivery_id))


@router.post(
    f"{_WEBHOOK}/deliveries/{{uuid:delivery_id}}/again",
    response={202: DeliveryOut},
    summary="Send a delivery again",
    openapi_extra=_OURS,
)
def post_again(request: ApiRequest, site_id: UUID, webhook_id: UUID, delivery_id: UUID) -> Status[DeliveryOut]:
    """The same once more, at once and with all its tries."""
    delivery = get_delivery_or_404(request.auth, site_id, webhook_id, delivery_id)
    send_again(delivery)
    return Status(202, DeliveryOut.of(delivery))
