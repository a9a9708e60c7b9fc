"""Requests that Schemathesis makes up from our OpenAPI document, sent to the WSGI application in this process.

Whatever it sends, the answer is one that the document describes, and never a server error.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks

from tests.api.calls import IMAGES, first_image, post_json
from tests.api.conftest import client_with
from tests.library.drafts import draft_all
from tests.pages.audited import look_at
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.sites import make_site
from webapp.audit.models import Audit, Use
from webapp.webhooks.change import send_test
from webapp.webhooks.models import Webhook
from webapp.wsgi import application

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def test_all_operations_are_there():
    assert len(OPERATIONS) == 37


# Each request ends as in service: its connection may be closed, which would end a transaction around the test.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_a_described_one(label, mode):
    alice = account_of("alice")
    site = make_site("Shop", alice.user)
    secret = make_key("ours", alice, site=site)[1]
    client = client_with(secret)
    image = first_image(client)
    draft_all()
    page = {"html": "<p><img src='a.jpg'>", "base_url": "https://example.org/"}
    audit = post_json(client, page, "/api/v1/pages").json()
    look_at(Audit.objects.get(pk=audit["id"]))
    ours = {"image_id": image["id"], "job_id": image["job_id"], "audit_id": audit["id"], "action": "pause"}
    webhook = Webhook.objects.create(site=site, url="https://example.org/hooks", events=["job.failed"])
    ours |= {"site_id": str(site.pk), "webhook_id": str(webhook.pk), "delivery_id": str(send_test(webhook).pk)}
    ours["use_id"] = Use.objects.get().pk

    @settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def check(case):
        headers = {"Authorization": f"Bearer {secret}"}
        case.call_and_validate(headers=headers, checks=CHECKS)
        if set(case.path_parameters or ()) & set(ours):  # the same about something that exists, until it is deleted
            case.path_parameters = {name: ours[name] for name in case.path_parameters if name in ours}
            case.call_and_validate(headers=headers, checks=CHECKS)

    check()
    assert client.get(IMAGES).status_code == 200
