"""What happens in a site, and delivering what is to be told of it."""

from datetime import datetime, timedelta

from django.utils import timezone

from tests.library.drafts import candidates
from tests.queue.pictures import photograph
from webapp.library.found import Found
from webapp.library.models import Image, Job
from webapp.library.submit import Upload, examine, submit
from webapp.queue.claim import claim as claim_work
from webapp.queue.finish import Copy, Result, finish
from webapp.webhooks.claim import claim
from webapp.webhooks.models import Delivery
from webapp.webhooks.send import send
from webapp.webhooks.settle import settle

_LIKELY = {"p": 0.9, "band": "likely", "calibrated": True}


def job_of(site, owner, *seeds: int) -> Job:
    """A job of the site whose pictures wait."""
    return submit(owner, [examine(Upload(f"{seed}.jpg", photograph(seed))) for seed in seeds or (1,)], site=site)


def describe_all() -> None:
    """The worker has described whatever waited."""
    works = claim_work("caption", "a", 100, alone=False)
    results = [Result(work, Found(candidates("A cat."), _LIKELY), Copy("image/jpeg", 24, 24)) for work in works]
    finish(results, model="m", options="o")


def drafted(site, owner) -> Image:
    """A picture of the site that waits for a person."""
    job = job_of(site, owner)
    describe_all()
    Delivery.objects.all().delete()
    return job.images.get()


def deliver_at(now: datetime, post) -> list[Delivery]:
    """One round of the worker at that time. Returns what was tried, as it is then."""
    taken = claim(100, now)
    for delivery in taken:
        settle(delivery, send(delivery, post, now), now)
    return list(Delivery.objects.filter(pk__in=[delivery.pk for delivery in taken]))


def deliver_now(post) -> list[Delivery]:
    return deliver_at(timezone.now() + timedelta(seconds=1), post)
