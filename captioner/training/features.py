"""The feature cache: while the encoder is frozen, every picture goes through it once.

One file a tar of pictures, so that an interrupted run goes on where it stopped. Grids are twenty-five times as large as
pooled features, so they lie in files of their own and are made for the decoders that read them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file, save_file
from tqdm import tqdm

from captioner.encoders import Features
from captioner.folding import for_inference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from captioner.encoders import Encoder
    from captioner.preprocess import Preprocessing
    from captioner.training.data import Example, Split


def cached_features(
    splits: Sequence[Split],
    encoder: Encoder,
    preprocessing: Preprocessing,
    folder: Path,
    *,
    grid: bool = False,
    view: int = 0,
    batch_size: int = 16,
) -> Features:
    """Return the features of the splits' pictures in their order, read from `folder` if they are there.

    Returns the pooled features (n, D) in float32, and the grid (n, P, C) in float16, or (n, 0, 0) without `grid`.
    view: which of the pictures' views. The cache knows the encoder by its weights, so another
    encoder never meets old features.
    """
    folder = folder / _fingerprint(encoder, preprocessing)
    folder.mkdir(parents=True, exist_ok=True)
    count = sum(len(split) for split in splits)
    places = (encoder.grid_side**2, encoder.feature_size) if grid else (0, 0)
    features = Features(torch.empty(count, *places, dtype=torch.half), torch.empty(count, encoder.pooled_size))
    first = 0
    for split in splits:
        by_shard: dict[Path, list[int]] = {}
        for position, example in enumerate(split.examples):
            by_shard.setdefault(example.stored.shard, []).append(position)
        title = f"features of {split.name}{f', view {view}' if view else ''}"
        with tqdm(total=len(split), desc=title, unit="image") as progress:
            for shard, positions in sorted(by_shard.items()):
                examples = [split.examples[position] for position in positions]
                name = f"{shard.parent.name}-{shard.stem}-{_names_hash(examples)}{f'-view-{view}' if view else ''}"
                wanted = {"pooled": folder / f"{name}.safetensors"}
                if grid:
                    wanted["grid"] = folder / f"{name}-grid.safetensors"
                if not all(path.is_file() for path in wanted.values()):
                    _compute(examples, encoder, preprocessing, view, batch_size, progress, wanted)
                else:
                    progress.update(len(examples))
                rows = torch.tensor(positions) + first
                for level, path in wanted.items():
                    whole = getattr(features, level)
                    whole[rows] = load_file(path)[level].to(whole.dtype)
        first += len(split)
    return features


@torch.inference_mode()
def _compute(
    examples: Sequence[Example],
    encoder: Encoder,
    preprocessing: Preprocessing,
    view: int,
    batch_size: int,
    progress: tqdm,
    wanted: dict[str, Path],
) -> None:
    """Encode pictures and write what is wanted of their features, each file at once or not at all."""
    encoder = for_inference(encoder.eval())
    device = next(encoder.parameters()).device
    parts = []
    for first in range(0, len(examples), batch_size):
        batch = examples[first : first + batch_size]
        found = encoder.encode(preprocessing([example.open(view) for example in batch]).to(device))
        parts.append({level: getattr(found, level).half().cpu() for level in wanted})
        progress.update(len(batch))
    for level, path in wanted.items():
        unfinished = path.with_suffix(".part")
        save_file({level: torch.cat([part[level] for part in parts])}, unfinished)
        unfinished.replace(path)


def _fingerprint(encoder: Encoder, preprocessing: Preprocessing) -> str:
    """A short name for what the features depend on beside the pictures."""
    digest = hashlib.sha256(repr((type(encoder).__name__, preprocessing)).encode())
    for name, value in sorted(encoder.state_dict().items()):
        digest.update(name.encode())
        digest.update(value.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]


def _names_hash(examples: Sequence[Example]) -> str:
    return hashlib.sha256("\n".join(example.name for example in examples).encode()).hexdigest()[:12]
