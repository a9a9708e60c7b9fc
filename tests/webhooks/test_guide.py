"""The guide ``docs/webhooks.md`` names what there is."""

import json
import re

from tests.webhooks.test_sign import GUIDE
from webapp.library.models import Image, Job
from webapp.uses.models import DecidedUse
from webapp.webhooks.change import MOST_WEBHOOKS
from webapp.webhooks.claim import MOST_OF_A_SITE
from webapp.webhooks.events import EVENTS, TEST, about_image, about_job, about_test, about_use
from webapp.webhooks.models import TRIES, Webhook
from webapp.webhooks.send import SECONDS
from webapp.webhooks.settle import MOST_FAILURES

TEXT = GUIDE.read_text(encoding="utf-8")


def test_the_events_and_what_is_said_of_each():
    rows = dict(re.findall(r"^\| `([a-z.]+)` \|(.*)\|$", TEXT, re.MULTILINE))
    said = (about_image(Image()), about_use(DecidedUse()), about_job(Job(), 2, 1), {}, about_test(Webhook()))
    assert list(rows) == [*EVENTS, TEST]
    for row, data in zip(rows.values(), said, strict=True):
        assert set(data) <= set(re.findall(r"`([a-z_]+)`", row))


def test_the_example_has_the_form_of_what_is_sent():
    (block,) = re.findall(r"^```json\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    example = json.loads(block)
    assert (set(example), set(example["data"])) == ({"type", "timestamp", "data"}, set(about_image(Image())))


def test_its_numbers():
    assert (MOST_WEBHOOKS, TRIES, MOST_FAILURES, SECONDS, MOST_OF_A_SITE) == (10, 8, 5, 10, 2)
    assert "a site has ten at most" in TEXT
    assert "after eight tries" in TEXT
    assert "five deliveries in a row" in TEXT
    assert "within ten seconds" in TEXT
    assert "two requests under way for a site" in TEXT
