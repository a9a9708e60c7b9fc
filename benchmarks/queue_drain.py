"""How fast the queue moves: several processes hand pictures over while several workers drain them, on one database.

    python -m benchmarks.queue_drain --images 600 --writers 2 --workers 2 --batch 8

The engine answers at once, so that what is measured is ours: decoding, copies, claims, writes. The database is a
scratch SQLite one, or the empty database that DATABASE_URL names.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image as Pillow


class InstantEngine:
    """Says the same of every picture, at once."""

    model = "instant-1"
    options = "none"

    def caption(self, images: Sequence[Pillow.Image]) -> list[Any]:
        return [[{"text": "A picture."}] for _ in images]


def set_up(data_dir: str, batch: int) -> None:
    """Sets Django up in a process of the benchmark."""
    os.environ |= {"DATA_DIR": data_dir, "BATCH_SIZE": str(batch), "DJANGO_SETTINGS_MODULE": "webapp.settings"}
    os.environ["LOG_LEVEL"] = "ERROR"
    import django

    django.setup()


def photograph(seed: int) -> bytes:
    """A small JPEG, another one for each seed."""
    import numpy as np
    from PIL import Image

    file = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(file, "JPEG")
    return file.getvalue()


def write(writer: int, images: int) -> tuple[float, list[float]]:
    """Hands so many pictures over, one a job. Returns the time of its start and the seconds that each took."""
    from webapp.accounts.models import Owner
    from webapp.library.submit import Upload, examine, submit

    owner = Owner.objects.create(kind=Owner.Kind.SESSION)
    begun = time.time()
    seconds = []
    for number in range(images):
        examined = [examine(Upload("picture.jpg", photograph(writer * 1_000_000 + number)))]
        started = time.perf_counter()
        submit(owner, examined)
        seconds.append(time.perf_counter() - started)
    return begun, seconds


def drain(worker: int, images: int) -> tuple[float, list[int]]:
    """Drains until all pictures are done. Returns the time of its end and the sizes of its batches."""
    from django.conf import settings

    from webapp.queue.claim import claim
    from webapp.queue.models import Work
    from worker.batch import run_batch

    sizes = []
    while Work.objects.filter(status=Work.Status.DONE).count() < images:
        works = claim(Work.Queue.CAPTION, f"worker {worker}", settings.BATCH_SIZE, alone=False)
        if works:
            run_batch(works, InstantEngine())
            sizes.append(len(works))
        else:
            time.sleep(0.01)
    return time.time(), sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--images", type=int, default=600)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--batch", type=int, default=8)
    options = parser.parse_args()
    share = options.images // options.writers
    images = share * options.writers
    with tempfile.TemporaryDirectory() as data_dir:
        set_up(data_dir, options.batch)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        pool = ProcessPoolExecutor(
            options.writers + options.workers, get_context("spawn"), set_up, (data_dir, options.batch)
        )  # fmt: skip
        with pool:
            writing = [pool.submit(write, number, share) for number in range(options.writers)]
            draining = [pool.submit(drain, number, images) for number in range(options.workers)]
            waits = sorted(second for future in writing for second in future.result()[1])
            sizes = [size for future in draining for size in future.result()[1]]
            seconds = max(future.result()[0] for future in draining) - min(future.result()[0] for future in writing)
        assert sum(sizes) == images, "an image was done twice, or not at all"
    print(f"{images} images, {options.writers} writers, {options.workers} workers: {images / seconds:.0f} images/s")
    median, slowest = statistics.median(waits) * 1000, waits[int(len(waits) * 0.99)] * 1000
    print(f"handing over: median {median:.1f} ms, p99 {slowest:.1f} ms")
    print(f"batches: {len(sizes)}, mean size {statistics.mean(sizes):.1f} of {options.batch}")


if __name__ == "__main__":
    main()
