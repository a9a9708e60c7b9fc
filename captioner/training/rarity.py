"""How strange a photograph is to a model: how many training photographs hold the rarest kind of object in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from captioner.training.chair import objects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from captioner.training.data import Example

_GROUPS: Final = ((0, "none"), (20, "1 to 20"), (100, "21 to 100"))
_MORE: Final = "more than 100"
NO_KIND: Final = "no kind known"
RARITIES: Final = (*(name for _, name in _GROUPS), _MORE, NO_KIND)


def rarity(examples: Sequence[Example], training: Iterable[Example]) -> list[str]:
    """For each photograph which of RARITIES its rarest kind of object is, by the number of training photographs.

    Kinds are the eighty of MS-COCO, as captions name them or boxes mark them.
    """
    known = Counter(kind for example in training for kind in objects_of(example))
    return [_group(min((known[kind] for kind in objects_of(example)), default=None)) for example in examples]


def _group(count: int | None) -> str:
    if count is None:
        return NO_KIND
    return next((name for most, name in _GROUPS if count <= most), _MORE)
