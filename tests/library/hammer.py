"""What the processes of ``test_concurrency`` run: hand the same few pictures over and delete them, and look after."""

import random

from django.conf import settings

from tests.queue.pictures import hand_over, photograph
from webapp.accounts.models import Owner
from webapp.library import storage
from webapp.library.delete import delete_image, delete_job
from webapp.library.models import Blob, Image, Job


def hammer(seed: int, rounds: int) -> None:
    """Leaves one job of one picture."""
    dice = random.Random(seed)
    owner = Owner.objects.create(kind=Owner.Kind.KEY)
    for _ in range(rounds):
        job = hand_over(*dice.sample(range(4), 3), owner=owner)
        if dice.random() < 0.5:
            delete_image(dice.choice(job.images.all()))
        delete_job(job)
    hand_over(0, owner=owner)


def audit(hammers: int) -> None:
    """Fails unless rows and files are as so many hammers must leave them."""
    counts = {model.__name__: model.objects.count() for model in (Job, Image, Blob)}
    assert counts == {"Job": hammers, "Image": hammers, "Blob": 1}
    originals = {image.spool_name for image in Image.objects.all()}
    assert {path.name for path in settings.SPOOL_DIR.iterdir()} == originals
    assert all(storage.read_spooled(name) == photograph(0) for name in originals)
