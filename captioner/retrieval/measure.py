"""Retrieval on captioned photographs, as LRCN and m-RNN measure it: by log p(S | I) - log p(S)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import load_file, save_file
from tqdm import tqdm

from captioner.encoders import Features
from captioner.precision import products_in
from captioner.retrieval.likelihood import log_likelihoods, log_priors
from captioner.retrieval.prefix_tree import PrefixTree
from captioner.retrieval.ranking import rank_pictures, rank_sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from captioner.decoders import Decoder
    from captioner.training.data import Split
    from captioner.vocabulary import Vocabulary

PRIOR_PICTURES = 100
_PICTURES_IN_A_PART = 20


def measure_retrieval(
    decoder: Decoder,
    vocabulary: Vocabulary,
    split: Split,
    features: Features,
    prior: Split,
    prior_features: Features,
    parts: Path | None = None,
    precision: str = "float32",
) -> dict[str, Any]:
    """Score every sentence of the split against every picture; recall and median rank both ways.

    features, prior_features: of the pictures of `split` and of `prior`. log p(S) is the logarithm of the mean of
    p(S | I) over the pictures of `prior` (Mao et al. 2014), which should be others than those of `split`: their own
    captions are likelier than any. parts: a folder for the scores of some pictures each, from which an interrupted
    measurement goes on. precision: of matrix products (`captioner.precision`).
    """
    sentences = [vocabulary.encode(caption) for example in split.examples for caption in example.captions]
    owner = torch.tensor([place for place, example in enumerate(split.examples) for _ in example.captions])
    tree = PrefixTree(sentences)
    start_id = vocabulary.start_id(split.source)
    device = next(decoder.parameters()).device

    def scored(pictures: Features, name: str) -> torch.Tensor:
        found = []
        likelihoods = products_in(precision, device)(log_likelihoods)
        groups = torch.arange(len(pictures.pooled)).split(_PICTURES_IN_A_PART)
        for rows in tqdm(groups, desc=f"{len(sentences)} sentences, pictures of {name}", unit="part"):
            some = Features(*(level[rows].to(device, torch.float32) for level in pictures))
            score = partial(likelihoods, decoder, some, tree, start_id)
            found.append(_kept(parts and parts / f"{name.replace('/', '-')}-{int(rows[0])}.safetensors", score).cpu())
        return torch.cat(found)

    scores = scored(features, split.name).double() - log_priors(scored(prior_features, prior.name))  # (B, S)
    return {
        "image_to_sentence": rank_sentences(scores, owner).to_json(),
        "sentence_to_image": rank_pictures(scores, owner).to_json(),
        "images": len(split),
        "sentences": len(sentences),
        "precision": precision,
        "prior": f"the mean over {len(prior)} pictures of {prior.name}",
    }


def _kept(path: Path | None, score: Callable[[], torch.Tensor]) -> torch.Tensor:
    """What lies at `path`; else what `score` finds, which is put there."""
    if path is not None and path.is_file():
        return load_file(path)["scores"]
    scores = score()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        save_file({"scores": scores}, unfinished)
        unfinished.replace(path)
    return scores
