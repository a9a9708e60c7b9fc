"""Retrieval on captioned photographs, as LRCN and m-RNN measure it: by log p(S | I) - log p(S)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from captioner.encoders import Features
from captioner.retrieval.likelihood import log_likelihoods, log_priors
from captioner.retrieval.prefix_tree import PrefixTree
from captioner.retrieval.ranking import rank_pictures, rank_sentences

if TYPE_CHECKING:
    from captioner.decoders import Decoder
    from captioner.training.data import Split
    from captioner.vocabulary import Vocabulary

PRIOR_PICTURES = 100


def measure_retrieval(
    decoder: Decoder, vocabulary: Vocabulary, split: Split, features: Features, prior: Split, prior_features: Features
) -> dict[str, Any]:
    """Score every sentence of the split against every picture; recall and median rank both ways.

    features, prior_features: of the pictures of `split` and of `prior`. log p(S) is the logarithm of the mean of
    p(S | I) over the pictures of `prior` (Mao et al. 2014), which should be others than those of `split`: their own
    captions are likelier than any.
    """
    sentences = [vocabulary.encode(caption) for example in split.examples for caption in example.captions]
    owner = torch.tensor([place for place, example in enumerate(split.examples) for _ in example.captions])
    tree = PrefixTree(sentences)
    start_id = vocabulary.start_id(split.source)
    device = next(decoder.parameters()).device

    def scored(pictures: Features, name: str) -> torch.Tensor:
        pictures = Features(*(level.to(device, torch.float32) for level in pictures))
        progress = f"{len(sentences)} sentences, pictures of {name}"
        return log_likelihoods(decoder, pictures, tree, start_id, progress=progress).cpu()

    scores = scored(features, split.name).double() - log_priors(scored(prior_features, prior.name))  # (B, S)
    return {
        "image_to_sentence": rank_sentences(scores, owner).to_json(),
        "sentence_to_image": rank_pictures(scores, owner).to_json(),
        "images": len(split),
        "sentences": len(sentences),
        "prior": f"the mean over {len(prior)} pictures of {prior.name}",
    }
