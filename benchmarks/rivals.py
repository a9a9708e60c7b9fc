"""The captioners of the transformers library that people use, built from their configurations with random weights.

Speed does not depend on the weights, as long as no sentence ends early: each is made to write the same number of words.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from captioner.preprocess import Preprocessing
from captioner.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

NEW_TOKENS = 16
_GPT2_END = 50256


class TransformersMissingError(Exception):
    """The library is not installed."""


@dataclass
class Rival:
    """A model of transformers: pictures in, token ids out. side: of the square that it sees. beams: of its search."""

    key: str
    name: str
    model: Any
    side: int
    beams: int

    @torch.inference_mode()
    def caption(self, pictures: Sequence[Image.Image]) -> torch.Tensor:
        """The ids of the sentences, (B, T)."""
        pixels = Preprocessing(size=self.side)(pictures).to(self.model.dtype)  # (B, 3, S, S)
        found: torch.Tensor = self.model.generate(
            pixel_values=pixels,
            num_beams=self.beams,
            min_new_tokens=NEW_TOKENS,
            max_new_tokens=NEW_TOKENS,
            do_sample=False,
        )
        return found

    def to_faster(self, pictures: Sequence[Image.Image], time: Callable[[Callable[[], object]], float]) -> None:
        """Bring the model to the faster of float32 and bfloat16, as measured with the pictures."""
        seconds = {}
        for dtype in (torch.float32, torch.bfloat16):
            self.model.to(dtype)
            self.caption(pictures[:1])
            seconds[dtype] = time(lambda: self.caption(pictures))
        self.model.to(min(seconds, key=seconds.__getitem__))

    @property
    def dtype(self) -> str:
        return str(self.model.dtype).removeprefix("torch.")


def vit_gpt2() -> Rival:
    """ViT-base and GPT-2 with cross attention, 224 pixels, beam 4."""
    transformers = _transformers()
    config = transformers.VisionEncoderDecoderConfig.from_encoder_decoder_configs(
        transformers.ViTConfig(), transformers.GPT2Config()
    )
    model = transformers.VisionEncoderDecoderModel(config).eval()
    model.generation_config.decoder_start_token_id = _GPT2_END
    model.generation_config.eos_token_id = model.generation_config.pad_token_id = _GPT2_END
    return Rival("vit_gpt2", "ViT-base + GPT-2, beam 4", model, side=224, beams=4)


def blip_base() -> Rival:
    """BLIP-base, 384 pixels, beam 3."""
    transformers = _transformers()
    config = transformers.BlipConfig(
        text_config={"num_attention_heads": 12}, vision_config={"image_size": 384, "patch_size": 16}
    )
    model = transformers.BlipForConditionalGeneration(config).eval()
    return Rival("blip_base", "BLIP-base, beam 3", model, side=384, beams=3)


def _transformers() -> Any:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing is fetched
    import_torchvision()
    try:
        import transformers
    except ModuleNotFoundError as error:
        raise TransformersMissingError from error
    transformers.logging.set_verbosity_error()
    return transformers
