"""Captioned photographs on disk: FOLDER holds NAME.jsonl and NAME-NN.tar.

Each line of the .jsonl is an object with `image` (a file name in one of the tars), `captions` (sentences) and perhaps
`boxes` (`[category, x0, y0, x1, y1]`, corners as fractions of width and height).
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from captioner.errors import DataError
from captioner.images import ImageError, open_image
from captioner.training.views import view

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image


@dataclass(frozen=True, slots=True)
class StoredImage:
    """Where the bytes of a picture lie inside a tar, so that pictures can be read in any order."""

    shard: Path
    offset: int
    size: int

    def open(self) -> Image.Image:
        """Decode the picture to RGB; raises DataError if it is not one."""
        with self.shard.open("rb") as tar:
            tar.seek(self.offset)
            data = tar.read(self.size)
        try:
            return open_image(data)
        except ImageError as error:
            raise DataError(f"A picture in {self.shard} is bad: {error.message} Fetch that file again.") from error


@dataclass(frozen=True, slots=True)
class Example:
    """One photograph, what people wrote about it, and the kinds of object that have boxes in it, if any were marked.

    source: the data set that it is of, by the name of its folder, for example `flickr8k`.
    """

    name: str
    captions: tuple[str, ...]
    stored: StoredImage
    objects: tuple[str, ...] = ()
    source: str = ""

    def open(self, view_number: int = 0) -> Image.Image:
        """Decode one of the picture's views (`captioner.training.views`) to RGB; raises DataError if it is none."""
        return view(self.stored.open(), view_number, self.name)


@dataclass(frozen=True, slots=True)
class Split:
    """A named part of a data set, for example `flickr8k/train`."""

    name: str
    examples: tuple[Example, ...]

    def __len__(self) -> int:
        return len(self.examples)

    @property
    def source(self) -> str:
        """The data set, for example `flickr8k`."""
        return self.name.rpartition("/")[0]

    def first(self, count: int) -> Split:
        """The first `count` photographs; all of them for 0."""
        return Split(self.name, self.examples[: count or None])


def read_split(folder: Path, name: str) -> Split:
    """Read FOLDER/NAME.jsonl and find its pictures in FOLDER/NAME-NN.tar.

    Raises DataError if a file is missing, a line is not as the format says, or a picture is in no tar.
    """
    listing = folder / f"{name}.jsonl"
    if not listing.is_file():
        raise DataError(f"There is no {listing}. Give the folder that holds {name}.jsonl and {name}-00.tar.")
    stored = _stored_images(folder, name)
    examples = []
    with listing.open(encoding="utf-8") as lines:
        try:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    examples.append(_example(line, f"{listing}, line {number}", stored))
        except UnicodeDecodeError as error:
            raise DataError(f"{listing} is not UTF-8 text. Save it as UTF-8.") from error
    if not examples:
        raise DataError(f"{listing} lists no pictures. Give a split that has some.")
    return Split(f"{folder.name}/{name}", tuple(examples))


def _stored_images(folder: Path, name: str) -> dict[str, StoredImage]:
    shards = sorted(folder.glob(f"{name}-[0-9][0-9].tar"))
    if not shards:
        raise DataError(f"There is no {folder / name}-00.tar. Put the tars beside {name}.jsonl.")
    stored = {}
    for shard in shards:
        try:
            with tarfile.open(shard, "r:") as tar:
                for member in tar:
                    if member.isfile():
                        stored[member.name] = StoredImage(shard, member.offset_data, member.size)
        except (tarfile.TarError, OSError) as error:
            raise DataError(f"{shard} cannot be read as a tar ({error}). Fetch it again.") from error
    return stored


def _example(line: str, where: str, stored: dict[str, StoredImage]) -> Example:
    try:
        entry: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(f"{where}: this is not JSON ({error.msg}). Mend the line.") from error
    name = entry.get("image") if isinstance(entry, dict) else None
    captions = entry.get("captions") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not _are_sentences(captions):
        raise DataError(f'{where}: an object with "image" (text) and "captions" (a list of texts) is needed.')
    if name not in stored:
        raise DataError(f"{where}: the picture {name} is in none of the tars. Fetch them again.")
    boxes = entry.get("boxes", [])
    if not _are_boxes(boxes):
        raise DataError(f'{where}: "boxes" must be a list of [category, x0, y0, x1, y1]. Mend the line.')
    source = stored[name].shard.parent.name
    return Example(name, tuple(captions), stored[name], tuple(sorted({box[0] for box in boxes})), source)


def _are_sentences(value: Any) -> TypeGuard[list[str]]:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and len(value) > 0
        and all(isinstance(sentence, str) and sentence.strip() for sentence in value)
    )


def _are_boxes(value: Any) -> TypeGuard[list[tuple[str, float, float, float, float]]]:
    return isinstance(value, list) and all(
        isinstance(box, list)
        and len(box) == 5
        and isinstance(box[0], str)
        and all(type(corner) in (int, float) for corner in box[1:])
        for box in value
    )
