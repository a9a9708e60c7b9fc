"""Teaching the encoder by words: which of them people used of a picture, told from its pooled features alone.

Fang et al. ("From captions to visual concepts and back", CVPR 2015) and Wu et al. (CVPR 2016) train detectors of words
for their own sake. Here a linear one is a second task beside captioning, thrown away when the encoder has learned.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence


class ConceptProbe(nn.Module):
    """Tells words from pooled features. It begins with each word's base rate, whatever the picture."""

    def __init__(self, captions: Sequence[Sequence[Sequence[int]]], pooled_size: int, count: int) -> None:
        """captions: for each training picture its sentences as ids, special ones among them.

        count: how many words, those that most pictures have, but for words that nine of ten have: they tell nothing.
        """
        super().__init__()
        of_picture = [
            {word for sentence in sentences for word in sentence if word > Vocabulary.UNKNOWN} for sentences in captions
        ]
        pictures = Counter(word for words in of_picture for word in sorted(words))
        common = [(word, number) for word, number in pictures.most_common() if 10 * number < 9 * len(captions)][:count]
        place = {word: number for number, (word, _) in enumerate(common)}
        self._present = [[place[word] for word in words if word in place] for words in of_picture]
        self.linear = nn.Linear(pooled_size, len(common))
        nn.init.zeros_(self.linear.weight)
        with torch.no_grad():
            self.linear.bias.copy_(torch.tensor([number / len(captions) for _, number in common]).logit())

    def forward(self, pooled: Tensor, positions: Tensor) -> Tensor:
        """The mean over pictures of the sum of the words' binary cross-entropies.

        pooled: (B, D), standardised. positions: (B,) the pictures' places in `captions`.
        """
        logits = self.linear(pooled)  # (B, W)
        logits = logits.to(torch.promote_types(logits.dtype, torch.float32))
        present = torch.zeros_like(logits)
        for row, position in enumerate(positions.tolist()):
            present[row, self._present[position]] = 1
        return F.binary_cross_entropy_with_logits(logits, present, reduction="sum") / len(logits)
