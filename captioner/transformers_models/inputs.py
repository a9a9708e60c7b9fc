"""What a model is given: pictures alone, or, if it is made for conversations, an instruction with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL import Image
    from torch import Tensor

INSTRUCTION = "Describe this image in one short sentence."
_USUAL_SIZE = 384


class Inputs:
    """Pictures to tensors, and token ids to text.

    image_size: the longest side in pixels that the model resizes pictures to.
    """

    def __init__(self, transformers: Any, folder: str) -> None:
        """Read the model's processor from its folder; raises whatever transformers does."""
        # Code of the model's own is never run, whatever its files say.
        options = {"local_files_only": True, "trust_remote_code": False}
        processor = transformers.AutoProcessor.from_pretrained(folder, **options)
        self._chat = processor if _is_chat(processor) else None
        if self._chat is not None:
            self._image_processor, self.tokenizer = processor.image_processor, processor.tokenizer
            # What is written follows the prompt, so prompts of different lengths are filled up at their beginning.
            self.tokenizer.padding_side = "left"
            if self.tokenizer.pad_token is None:
                self.tokenizer.pad_token = self.tokenizer.eos_token
        else:
            self._image_processor = transformers.AutoImageProcessor.from_pretrained(folder, **options)
            self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **options)
        self.image_size = _longest_side(self._image_processor)

    def __call__(self, images: Sequence[Image.Image]) -> Mapping[str, Tensor]:
        """What `generate` takes for B pictures: pixels, (B, 3, S, S), and for a conversation the prompts, (B, T)."""
        if self._chat is None:
            return {"pixel_values": self._image_processor(images=list(images), return_tensors="pt")["pixel_values"]}
        prompts: Mapping[str, Tensor] = self._chat.apply_chat_template(
            [_conversation(image) for image in images],
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            processor_kwargs={"padding": True, "return_tensors": "pt"},
        )
        return prompts

    def decode(self, ids: Sequence[int]) -> str:
        """The text of the ids, without special tokens."""
        return text_of(self.tokenizer, ids)


def text_of(tokenizer: Any, ids: Sequence[int]) -> str:
    """The text of the ids without special tokens, and without the blanks that pieces leave ("dog ' s")."""
    text: str = tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=True)
    return text


def _is_chat(processor: Any) -> bool:
    return bool(getattr(processor, "chat_template", None)) and hasattr(processor, "image_processor")


def _conversation(image: Image.Image) -> list[dict[str, Any]]:
    return [{"role": "user", "content": [{"type": "image", "image": image}, {"type": "text", "text": INSTRUCTION}]}]


def _longest_side(image_processor: Any) -> int:
    sizes = getattr(image_processor, "crop_size", None) or getattr(image_processor, "size", None) or {}
    sides = [sizes[name] for name in ("height", "width", "shortest_edge", "longest_edge") if sizes.get(name)]
    return max(sides, default=_USUAL_SIZE)
