"""Captioning from JPEG bytes, batched, beside two captioners of the transformers library: one run, the same threads.

    python -m benchmarks.captioning [--json] [--decoder NAME] [--alone] [--threads N] [--cpu-time]

Ours is the shipped checkpoint at beam 5, as `Captioner.warm_up` tunes it to this machine; the others are a
`VisionEncoderDecoderModel` (ViT-base and GPT-2, beam 4) and BLIP-base (384 pixels, beam 3), 16 words each, built from
their configurations with random weights, and run in the faster of float32 and bfloat16 as measured. Each side reads the
same files in the same way. Sides take turns, and the best of the repeats counts.

--decoder times an untrained decoder at its real size (512 numbers a layer, 4,000 words) in the shipped one's place,
writing sentences of --words words.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from benchmarks.photographs import photographs
from benchmarks.rivals import Rival, TransformersMissingError, blip_base, vit_gpt2
from captioner.captioner import Captioner
from captioner.checkpoint import Checkpoint, Generation, Manifest
from captioner.cpus import in_threads
from captioner.decoders import DECODERS
from captioner.images import open_image
from captioner.model import Architecture, build_model
from captioner.model_names import shipped_folder
from captioner.preprocess import Preprocessing
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

VOCABULARY = 4000
BEAM = 5
_NEVER = -100.0


@dataclass
class Side:
    """A way to caption pictures. target: the side that they are resized to. seconds: its best time so far."""

    key: str
    name: str
    dtype: str
    target: int
    caption: Callable[[Sequence[Image.Image]], object]
    seconds: float = float("inf")

    def run(self, files: Sequence[bytes]) -> None:
        """Caption JPEG files together."""
        self.caption(list(in_threads(self._open, files, torch.get_num_threads())))

    def run_one_by_one(self, files: Sequence[bytes]) -> None:
        """Caption each file by itself."""
        for file in files:
            self.run([file])

    def _open(self, file: bytes) -> Image.Image:
        return open_image(file, target=self.target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--decoder", choices=list(DECODERS), help="time an untrained decoder in the shipped one's place"
    )
    parser.add_argument("--words", type=int, default=10, help="words of an untrained decoder's sentences")
    parser.add_argument("--alone", action="store_true", help="leave the other captioners out")
    parser.add_argument("--images", type=int, default=16, help="pictures in a batch")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, help="default: measured")
    parser.add_argument("--cpu-time", action="store_true", help="for a busy machine, with --threads 1")
    options = parser.parse_args()
    clock = time.process_time if options.cpu_time else time.perf_counter

    captioner = Captioner(untrained(options.decoder, options.words), threads=options.threads) if options.decoder else (
        Captioner.load(shipped_folder(), threads=options.threads)
    )  # fmt: skip
    captioner.warm_up()
    files = photographs(options.images)
    ours = [our_side(captioner, beam) for beam in (BEAM, 1)]
    alone = our_side(captioner, BEAM, one_by_one=True)
    try:
        others = [] if options.alone else [other_side(build(), files, clock) for build in (vit_gpt2, blip_base)]
    except TransformersMissingError:
        raise SystemExit(
            "The other captioners need transformers. Run `pip install -r requirements-dev.txt`, or leave them out "
            "with --alone."
        ) from None
    for _ in range(options.repeats):
        for side in (*ours, *others):
            side.seconds = min(side.seconds, seconds(lambda s=side: s.run(files), clock))
        alone.seconds = min(alone.seconds, seconds(lambda: alone.run_one_by_one(files), clock))
    result = report(captioner, [*ours, alone], others, options.images)
    print(json.dumps(result, indent=2) if options.json else table(result))


def our_side(captioner: Captioner, beam: int, *, one_by_one: bool = False) -> Side:
    return Side(
        f"beam{beam}{'_one_by_one' if one_by_one else ''}",
        f"Captioner, beam {beam}{', one by one' if one_by_one else ''}",
        captioner.dtype,
        captioner.image_size,
        lambda pictures: captioner.caption(pictures, beam_size=beam),
    )


def other_side(rival: Rival, files: Sequence[bytes], clock: Callable[[], float]) -> Side:
    few = [open_image(file, target=rival.side) for file in files[:2]]
    rival.to_faster(few, lambda run: seconds(run, clock))
    return Side(rival.key, rival.name, rival.dtype, rival.side, rival.caption)


def seconds(run: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    run()
    return clock() - began


def untrained(decoder: str, words: int) -> Checkpoint:
    """A decoder of its real size with random weights, which writes sentences of just so many words."""
    torch.manual_seed(0)
    architecture = Architecture("inception_v3", decoder, {})
    model = build_model(architecture, VOCABULARY).eval()
    with torch.no_grad():
        model.decoder.output.bias[Vocabulary.END] = _NEVER
    vocabulary = Vocabulary([f"word{number}" for number in range(VOCABULARY - 4)])
    generation = Generation(beam_size=BEAM, length_penalty=0.5, max_length=words)
    return Checkpoint(model, Manifest(decoder, architecture, Preprocessing(), vocabulary, generation))


def report(captioner: Captioner, ours: Sequence[Side], others: Sequence[Side], images: int) -> dict[str, Any]:
    """What was measured; ours: beam 5 first, then greedy, then what else."""
    beam, greedy = ours[:2]
    capabilities = torch.cpu.get_capabilities()
    return {
        "images_per_second": images / beam.seconds,
        **{f"vs_{side.key}": side.seconds / beam.seconds for side in others},
        "beam5_vs_greedy": beam.seconds / greedy.seconds,
        "model": captioner.version,
        "images": images,
        "threads": torch.get_num_threads(),
        "cpu": capabilities.get("cpu_name", capabilities.get("architecture")),
        "amx": bool(capabilities.get("amx_bf16")),
        "sides": {
            side.key: {"name": side.name, "dtype": side.dtype, "ms_per_image": 1000 * side.seconds / images}
            for side in (*ours, *others)
        },
    }


def table(result: dict[str, Any]) -> str:
    fastest = result["sides"]["beam5"]["ms_per_image"]
    lines = [
        f"{result['model']}, {result['images']} pictures of 1024 x 768 from JPEG bytes, {result['threads']} threads, "
        f"{result['cpu']} {'with' if result['amx'] else 'without'} AMX",
        f"{'':<32}{'dtype':<10}{'ms an image':>12}{'times ours':>12}",
    ]
    for side in result["sides"].values():
        taken = side["ms_per_image"]
        lines.append(f"{side['name']:<32}{side['dtype']:<10}{taken:>12.1f}{taken / fastest:>12.2f}")
    lines.append(
        f"{result['images_per_second']:.1f} images a second; beam 5 costs {result['beam5_vs_greedy']:.2f} of greedy"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
