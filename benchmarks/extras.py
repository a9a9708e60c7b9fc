"""What looking for where the model looked, and the penalty for lack of evidence, add to captioning a photograph.

    python -m benchmarks.extras [--images 4] [--repeats 3]

The shipped checkpoint, or that of CAPTIONER_MODEL, captions noise of a photograph's size with its usual beam: without
both, with each, and with both. Printed are ratios of CPU time in one thread, measured in one run, each the best of the
repeats, so that other work on the machine hardly counts.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np
import torch
from PIL import Image

from captioner.captioner import Captioner, checkpoint_folder
from captioner.checkpoint import load_checkpoint
from captioner.device import choose_device


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=4)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(1)
    noise = np.random.default_rng(0).integers(0, 256, (options.images, 240, 320, 3), np.uint8)
    images = [Image.fromarray(one) for one in noise]
    usual = load_checkpoint(checkpoint_folder(), choose_device("cpu"))
    generation = replace(usual.manifest.generation, evidence_weight=0.0)
    plain = replace(usual, manifest=replace(usual.manifest, generation=generation))
    times = {}
    for name, checkpoint in (("plain", plain), ("evidence", usual)):
        captioner = Captioner(checkpoint, dtype="float32", threads=1)
        for attention in (False, True):
            times[name, attention] = _best(captioner, images, options.repeats, attention=attention)
    base = times["plain", False]
    print(f"{1000 * base / options.images:.0f} ms of CPU time a picture without both")
    print(f"where it looked:      {times['plain', True] / base:.3f} times that")
    print(f"penalty of evidence:  {times['evidence', False] / base:.3f} times that")
    print(f"both:                 {times['evidence', True] / base:.3f} times that")


def _best(captioner: Captioner, images: list[Image.Image], repeats: int, *, attention: bool) -> float:
    found = []
    for _ in range(repeats + 1):  # the first sets the libraries up
        start = time.process_time()
        captioner.caption(images, attention=attention)
        found.append(time.process_time() - start)
    return min(found[1:])


if __name__ == "__main__":
    main()
