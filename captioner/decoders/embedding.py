"""What a decoder has learned of words: which lie near each other in its embedding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch.nn import functional as F

if TYPE_CHECKING:
    from collections.abc import Collection

    from torch import Tensor


def nearest_words(
    embedding: Tensor, word: int, count: int, *, without: Collection[int] = ()
) -> list[tuple[int, float]]:
    """The `count` words nearest to `word` by cosine, nearest first: their ids and cosines, -1 to 1.

    embedding: (V, E), a decoder's `words.weight`. without: ids to pass over, for example the special tokens'. The word
    itself is never among them; there are fewer than `count` when the vocabulary is smaller.
    """
    cosines = F.cosine_similarity(embedding, embedding[word : word + 1], dim=1)  # (V,)
    passed_over = {word, *without}
    nearest = cosines.argsort(descending=True).tolist()
    return [(other, cosines[other].item()) for other in nearest if other not in passed_over][:count]
