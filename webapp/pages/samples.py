"""Photographs to try the service with: those that scikit-image brings along, read where it is installed.

All three are CC0 (the photographer is by Lav Varshney).
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageOps

THUMBNAIL_SIZE = (480, 320)
_CENTRE = (0.5, 0.2)  # faces are in the upper part


@dataclass(frozen=True, slots=True)
class Sample:
    """One photograph: its address here, its file there, and what it shows in a few words."""

    slug: str
    file: str
    label: str

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return (_folder() / self.file).read_bytes()


SAMPLES = {
    sample.slug: sample
    for sample in (
        Sample("photographer", "camera.png", "A photographer"),
        Sample("coffee", "coffee.png", "A cup of coffee"),
        Sample("cat", "chelsea.png", "A cat"),
    )
}


@lru_cache(maxsize=len(SAMPLES))
def thumbnail(sample: Sample) -> bytes:
    """A small JPEG of the sample. Its file is a library's, not a visitor's, so it may be decoded here."""
    with Image.open(io.BytesIO(sample.data)) as picture:
        small = ImageOps.fit(picture.convert("RGB"), THUMBNAIL_SIZE, Image.Resampling.LANCZOS, centering=_CENTRE)
    output = io.BytesIO()
    small.save(output, "JPEG", quality=82)
    return output.getvalue()


@lru_cache(maxsize=1)
def _folder() -> Path:
    """The library's data folder. It is found without importing the library, which would cost the process a second."""
    spec = find_spec("skimage")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("scikit-image is not installed. Install requirements.txt.")
    return Path(spec.origin).parent / "data"
