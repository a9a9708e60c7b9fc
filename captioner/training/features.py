"""The feature cache: while the encoder is frozen, every picture goes through it once.

One file a tar of pictures, so that an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from tqdm import tqdm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from captioner.encoders import Encoder
    from captioner.preprocess import Preprocessing
    from captioner.training.data import Example, Split


def cached_pooled(
    split: Split,
    encoder: Encoder,
    preprocessing: Preprocessing,
    folder: Path,
    *,
    mirrored: bool = False,
    batch_size: int = 16,
) -> Tensor:
    """Return the pooled features (n, D), float32, of a split's pictures in their order; read from `folder` if there.

    mirrored: of the pictures flipped left to right instead. The cache knows the encoder by its weights, so another
    encoder never meets old features.
    """
    folder = folder / _fingerprint(encoder, preprocessing)
    folder.mkdir(parents=True, exist_ok=True)
    by_shard: dict[Path, list[int]] = {}
    for position, example in enumerate(split.examples):
        by_shard.setdefault(example.stored.shard, []).append(position)

    pooled = torch.empty(len(split), encoder.pooled_size)  # (n, D)
    progress = tqdm(total=len(split), desc=f"features of {split.name}{' mirrored' if mirrored else ''}", unit="image")
    with progress:
        for shard, positions in sorted(by_shard.items()):
            examples = [split.examples[position] for position in positions]
            name = f"{shard.parent.name}-{shard.stem}-{_names_hash(examples)}{'-mirrored' if mirrored else ''}"
            path = folder / f"{name}.safetensors"
            if path.is_file():
                part = load_file(path)["pooled"]
                progress.update(len(examples))
            else:
                part = _compute(examples, encoder, preprocessing, mirrored, batch_size, progress)
                unfinished = path.with_suffix(".part")
                save_file({"pooled": part}, unfinished)
                unfinished.replace(path)
            pooled[positions] = part.float()
    return pooled


@torch.inference_mode()
def _compute(
    examples: Sequence[Example],
    encoder: Encoder,
    preprocessing: Preprocessing,
    mirrored: bool,
    batch_size: int,
    progress: tqdm,
) -> Tensor:
    encoder.eval()
    device = next(encoder.parameters()).device
    parts = []
    for first in range(0, len(examples), batch_size):
        batch = examples[first : first + batch_size]
        pixels = preprocessing([example.stored.open() for example in batch]).to(device)  # (B, 3, S, S)
        parts.append(encoder.encode(pixels.flip(3) if mirrored else pixels).pooled.half().cpu())  # (B, D)
        progress.update(len(batch))
    return torch.cat(parts)  # (n, D)


def _fingerprint(encoder: Encoder, preprocessing: Preprocessing) -> str:
    """A short name for what the features depend on beside the pictures."""
    digest = hashlib.sha256(repr((type(encoder).__name__, preprocessing)).encode())
    for name, value in sorted(encoder.state_dict().items()):
        digest.update(name.encode())
        digest.update(value.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]


def _names_hash(examples: Sequence[Example]) -> str:
    return hashlib.sha256("\n".join(example.name for example in examples).encode()).hexdigest()[:12]
