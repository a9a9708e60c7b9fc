"""How well the perceptual hash tells copies from other pictures: ``python -m benchmarks.alike FOLDER_OR_TAR ...``.

For every number of bits it counts the pairs of different pictures that are no farther apart, and the copies (resized,
saved anew, a little brighter) that are found: of the pictures in folders and tar files, and of drawings made by code.
"""

from __future__ import annotations

import io
import sys
import tarfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageEnhance

from captioner.training.drawings import KINDS, draw
from webapp.library.phash import phash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST = 12
_DRAWINGS = 40
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif"}


def _saved(picture: Image.Image, kind: str, quality: int) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, kind, quality=quality)
    return Image.open(file).convert("RGB")


def _scaled(picture: Image.Image, factor: float) -> Image.Image:
    size = (max(8, round(picture.width * factor)), max(8, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "half the size": lambda picture: _scaled(picture, 0.5),
    "a quarter of the size": lambda picture: _scaled(picture, 0.25),
    "JPEG of quality 50": lambda picture: _saved(picture, "JPEG", 50),
    "half the size, WebP of quality 60": lambda picture: _saved(_scaled(picture, 0.5), "WEBP", 60),
    "a tenth brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.1),
}


def pictures(sources: list[str]) -> Iterator[tuple[str, Image.Image]]:
    """Each with its kind: photographs of the sources, and drawings."""
    for source in sources:
        for data in _files(Path(source)):
            yield "photographs", Image.open(io.BytesIO(data)).convert("RGB")
    for kind in KINDS:
        for seed in range(_DRAWINGS):
            yield "drawings", draw(kind, seed)


def _files(source: Path) -> Iterator[bytes]:
    if source.is_dir():
        yield from (path.read_bytes() for path in sorted(source.rglob("*")) if path.suffix.lower() in _SUFFIXES)
        return
    with tarfile.open(source) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None and Path(member.name).suffix.lower() in _SUFFIXES:
                yield file.read()


def main() -> None:
    """Prints the table."""
    hashes: dict[str, list[int]] = {"photographs": [], "drawings": []}
    flat: Counter[str] = Counter()
    copies: dict[str, Counter[int]] = {name: Counter() for name in COPIES}
    for kind, picture in pictures(sys.argv[1:]):
        own = phash(picture)
        if not own:
            flat[kind] += 1
            continue
        hashes[kind].append(int(own, 16))
        for name, copy in COPIES.items():
            found = phash(copy(picture))
            copies[name][(int(own, 16) ^ int(found, 16)).bit_count() if found else MOST + 1] += 1
    for kind, of_kind in hashes.items():
        near = _near(of_kind)
        count = len(of_kind)
        print(f"{kind}: {count} and {flat[kind]} without detail, {count * (count - 1) // 2:,} pairs")
        print("  pairs no farther apart than so many bits:", {bits: near[bits] for bits in range(MOST + 1)})
    for name, counts in copies.items():
        total = max(1, sum(counts.values()))
        shares = {bits: round(100 * sum(counts[d] for d in range(bits + 1)) / total, 1) for bits in range(MOST + 1)}
        print(f"{name}: per cent found within so many bits: {shares}")


def _near(hashes: list[int]) -> list[int]:
    values = np.array(hashes, dtype=np.uint64)
    counts = np.zeros(65, dtype=np.int64)
    for place, value in enumerate(values):
        counts += np.bincount(np.bitwise_count(values[place + 1 :] ^ value), minlength=65)
    return [int(counts[: bits + 1].sum()) for bits in range(MOST + 1)]


if __name__ == "__main__":
    main()
