"""Small distinct photographs made in code, and an engine that stands where the model does."""

import io
import random
from collections import Counter
from functools import cache
from hashlib import sha256

from PIL import Image as Pillow

from tests.library.drafts import candidates
from webapp.accounts.models import Owner
from webapp.library.found import Found
from webapp.library.models import Image, Job
from webapp.library.submit import Upload, examine, submit
from webapp.queue.models import Work


@cache
def photograph(seed: int, size: int = 24) -> bytes:
    """A JPEG of random colours; another one for each seed."""
    dice = random.Random(seed)
    picture = Pillow.frombytes("RGB", (4, 4), dice.randbytes(48)).resize((size, size), Pillow.Resampling.BICUBIC)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90, comment=str(seed).encode())
    return file.getvalue()


def hand_over(*seeds: int, owner: Owner | None = None) -> Job:
    """A job with one picture for each seed."""
    return hand_over_files(*(photograph(seed) for seed in seeds), owner=owner)


def hand_over_files(*files: bytes, owner: Owner | None = None) -> Job:
    owner = owner or Owner.objects.create(kind=Owner.Kind.SESSION)
    return submit(owner, [examine(Upload(f"{number}.jpg", file)) for number, file in enumerate(files)])


def works(job: Job) -> list[Work]:
    """The rows of the job, in the order of its pictures, as they are now."""
    return list(Work.objects.filter(image__job=job).select_related("image__blob").order_by("image__position"))


def images(job: Job) -> list[Image]:
    return list(Image.objects.filter(job=job).order_by("position"))


class ColourEngine:
    """Describes a picture by its mean colour, and remembers what it was asked."""

    model = "colours-1"
    options = "none"
    ocr = "never"

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.seen: Counter[str] = Counter()

    def caption(self, pictures):
        self.batches.append(len(pictures))
        return [self._found(picture) for picture in pictures]

    def _found(self, picture):
        self.seen[sha256(picture.tobytes()).hexdigest()] += 1
        colour = picture.resize((1, 1)).getpixel((0, 0))
        return Found(candidates(*(f"{word} {colour}." for word in ("Mostly", "Rather"))))


class PickyEngine(ColourEngine):
    """Refuses every batch that holds more than ``most`` pictures, and each picture that looks like ``bad``."""

    def __init__(self, *, most: int = 1000, bad: bytes | None = None) -> None:
        super().__init__()
        self._most = most
        self._bad = None if bad is None else self._look(Pillow.open(io.BytesIO(bad)))

    @staticmethod
    def _look(picture):
        return picture.convert("RGB").resize((2, 2)).tobytes()

    def caption(self, pictures):
        if len(pictures) > self._most or any(self._look(picture) == self._bad for picture in pictures):
            raise RuntimeError("no")
        return super().caption(pictures)
