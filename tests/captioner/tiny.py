"""Networks, checkpoints and data sets small enough to make in a test."""

import io
import json
import random
import tarfile
from pathlib import Path

import torch
from PIL import Image
from torch import nn

from captioner.checkpoint import Generation, Manifest, save_checkpoint
from captioner.encoders import Encoder, Features, pool_boxes
from captioner.errors import CheckpointError
from captioner.model import Architecture, build_model
from captioner.preprocess import Preprocessing
from captioner.vocabulary import Vocabulary

WORDS = ("a", "dog", "runs", "on", "grass", "red", "ball", "two", "children", "play", "in", "water")


class TinyEncoder(Encoder):
    """Two convolutions: fast, and different for different pictures."""

    feature_size = 6
    pooled_size = 6
    grid_side = 4

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, stride=4)
        self.second = nn.Conv2d(4, 6, 3, stride=2)

    def encode(self, pixels, boxes=None):
        maps = self.second(self.first(pixels.to(self.dtype)).relu())
        maps = maps.to(torch.promote_types(maps.dtype, torch.float32))
        maps = nn.functional.adaptive_avg_pool2d(maps, 4) if boxes is None else pool_boxes(maps, boxes, 4)
        return Features(maps.flatten(2).transpose(1, 2), maps.mean(dim=(2, 3)))

    def load_starting_weights(self, weights):
        if weights.keys() != self.state_dict().keys():
            raise CheckpointError("These are not the tiny encoder's weights.")
        self.load_state_dict(weights)


ARCHITECTURE = Architecture("tiny", "nic", {"embedding_size": 8, "hidden_size": 8, "dropout": 0.0})


ATTENTION = Architecture(
    "tiny", "soft_attention", {"embedding_size": 8, "hidden_size": 8, "attention_size": 8, "dropout": 0.0}
)


def tiny_model(seed: int = 0, vocabulary_size: int = len(WORDS) + 4, architecture: Architecture = ARCHITECTURE):
    """A network with lively random weights: it writes different sentences for different pictures."""
    torch.manual_seed(seed)
    model = build_model(architecture, vocabulary_size)
    with torch.no_grad():
        for weight in model.parameters():
            weight.normal_(0, 0.6)
    return model


def tiny_manifest(**changes) -> Manifest:
    fields = {
        "name": "tiny",
        "architecture": ARCHITECTURE,
        "preprocessing": Preprocessing(size=48),
        "vocabulary": Vocabulary(WORDS),
        "generation": Generation(beam_size=3, length_penalty=1.0, max_length=6),
    }
    return Manifest(**{**fields, **changes})


def tiny_checkpoint(folder: Path, seed: int = 0, architecture: Architecture = ARCHITECTURE) -> Manifest:
    model = tiny_model(seed, architecture=architecture)
    return save_checkpoint(folder, model, tiny_manifest(architecture=architecture))


def picture(seed: int, size: tuple[int, int] = (40, 30)) -> Image.Image:
    """A few coloured rectangles, the same for the same seed."""
    draw = random.Random(seed)
    image = Image.new("RGB", size, tuple(draw.randrange(256) for _ in range(3)))
    for _ in range(6):
        x, y = draw.randrange(size[0]), draw.randrange(size[1])
        box = (x, y, min(size[0], x + size[0] // 2), min(size[1], y + size[1] // 2))
        image.paste(tuple(draw.randrange(256) for _ in range(3)), box)
    return image


def encoded(image: Image.Image, kind: str = "WEBP") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def write_split(folder: Path, name: str, count: int, seed: int = 0) -> list[dict]:
    """A data set of random pictures and sentences: the .jsonl and two tars. Returns the entries."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    entries = []
    for number in range(count):
        sentences = [" ".join(draw.choices(WORDS, k=draw.randint(2, 5))) for _ in range(5)]
        entries.append({"image": f"{name}{number}.webp", "captions": sentences})
    for shard in range(2):
        with tarfile.open(folder / f"{name}-{shard:02}.tar", "w") as tar:
            for number in range(shard, count, 2):
                data = encoded(picture(seed * 1000 + number))
                member = tarfile.TarInfo(entries[number]["image"])
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return entries
