"""Milliseconds per image of the shipped captioner, by batch and beam, and what batching saves.

    python -m benchmarks.caption_batch [--batches 1 4 16] [--beams 1 5 20] [--repeats 3]

The pictures are random noise of a phone photograph's ratio: the encoder's work does not depend on what they show. Wall
time after one warm-up, the best of the repeats. The last lines compare, in the same run, the batched path with the slow
way, one image at a time through the one-image reference search; both must find the same sentences, or the run stops.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from captioner.captioner import SHIPPED_CHECKPOINT, Captioner
from captioner.checkpoint import load_checkpoint
from captioner.device import choose_device
from captioner.vocabulary import Vocabulary
from tests.captioner.beam_reference import reference_beam_search

if TYPE_CHECKING:
    from collections.abc import Callable

    from captioner.checkpoint import Checkpoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--beams", type=int, nargs="+", default=[1, 5, 20])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()

    checkpoint = load_checkpoint(SHIPPED_CHECKPOINT, choose_device())
    captioner = Captioner(checkpoint)
    captioner.warm_up()
    print(f"{captioner.version} on {captioner.device}, {torch.get_num_threads()} threads; ms per image")
    print("batch  " + "".join(f"beam {beam:<6}" for beam in options.beams))
    for batch in options.batches:
        pictures = noise(batch)
        row = [
            best_time(options.repeats, lambda p=pictures, k=beam: captioner.caption(p, beam_size=k)) / batch
            for beam in options.beams
        ]
        print(f"{batch:<7}" + "".join(f"{1000 * seconds:<11.0f}" for seconds in row))

    pictures = noise(max(options.batches))
    batched = [caption.tokens for caption in captioner.caption(pictures, beam_size=5)]
    slow = one_at_a_time(checkpoint, pictures)
    if batched != slow:
        raise SystemExit("The two ways found different sentences.")
    fast_time = best_time(options.repeats, lambda: captioner.caption(pictures, beam_size=5))
    slow_time = best_time(options.repeats, lambda: one_at_a_time(checkpoint, pictures))
    print(
        f"batch {len(pictures)}, beam 5: the batched path takes 1 / {slow_time / fast_time:.1f} of the slow way's time"
    )


def noise(count: int) -> list[Image.Image]:
    generator = np.random.default_rng(0)
    return [Image.fromarray(generator.integers(0, 256, (480, 640, 3), dtype=np.uint8)) for _ in range(count)]


def best_time(repeats: int, run: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        run()
        return time.perf_counter() - began

    return min(once() for _ in range(repeats))


@torch.inference_mode()
def one_at_a_time(checkpoint: Checkpoint, pictures: list[Image.Image]) -> list[tuple[str, ...]]:
    """The same sentences by the reference search, each picture and each beam by itself."""
    model, manifest = checkpoint.model, checkpoint.manifest
    device = next(model.parameters()).device
    found = []
    for image in pictures:
        pixels = manifest.preprocessing([image]).to(device)
        state, memory = model.decoder.start(model.encoder.encode(pixels))
        best, *_ = reference_beam_search(
            model.decoder.step,
            state,
            memory,
            beam_size=5,
            max_length=manifest.generation.max_length,
            start_id=Vocabulary.START,
            end_id=Vocabulary.END,
            length_penalty=manifest.generation.length_penalty,
            forbidden_ids=(Vocabulary.PAD, Vocabulary.START, Vocabulary.UNKNOWN),
        )
        found.append(manifest.vocabulary.tokens(best.token_ids))
    return found


if __name__ == "__main__":
    main()
