"""A model of transformers as a captioner: BLIP, GIT, ViT-GPT2, and models made for conversations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from PIL import Image

from captioner.batches import Batches
from captioner.beam_search import BeamSearchError, check_range
from captioner.candidates import caption_of
from captioner.confidence.calibration import Calibration, calibration_folder, load_calibration
from captioner.confidence.judge import judged
from captioner.device import choose_device
from captioner.errors import CheckpointError
from captioner.model_names import PREFIX, named_folder
from captioner.picture_statistics import measure
from captioner.runtime import requested_dtype, requested_threads
from captioner.transformers_models.folder import find_folder, weights_digest, weights_files
from captioner.transformers_models.inputs import Inputs
from captioner.transformers_models.library import import_transformers
from captioner.transformers_models.words import group_words
from captioner.types import Candidate
from captioner.vocabulary import as_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from captioner.types import Caption

_BATCH_SIZE = 8  # what is kept of a batch for its log-probabilities is beams x tokens x vocabulary numbers a picture
_USUAL_BEAM = 5
_USUAL_LENGTH = 48  # tokens; a captioner ends its sentence long before
_LONGEST_NAME = 70
_DIGITS = 12


class TransformersCaptioner:
    """A model of transformers that writes captions; an `ImageCaptioner`.

    Its own beam search finds the sentences, under the rules that the model's generation configuration sets. The
    log-probabilities are the network's own, before such rules; sentences are ranked by them, divided by the number of
    tokens to the power of the model's length penalty.
    """

    has_attention = False
    styles: tuple[str, ...] = ()

    def __init__(self, model: Any, inputs: Inputs, name: str, digest: str, threads: int | None = None) -> None:
        """model: of `AutoModelForImageTextToText`, on its device. digest: of its weights, in hexadecimal."""
        self._model = model.eval()
        self._inputs = inputs
        self._threads = threads
        self._batches = Batches(_BATCH_SIZE)
        generation = model.generation_config
        self.calibration: Calibration | None = None
        self._end_ids = _end_ids(model)
        if generation.pad_token_id is None:
            generation.pad_token_id = self._end_ids[0]
        self._length_penalty = 1.0 if generation.length_penalty is None else generation.length_penalty
        self.search: Mapping[str, float] = {"length_penalty": self._length_penalty}
        self.name = name
        self.version = f"{PREFIX}{name[-_LONGEST_NAME:]}@{digest[:_DIGITS]}"
        self.beam_size: int = generation.num_beams or _USUAL_BEAM
        self.image_size = inputs.image_size
        self.device: torch.device = model.device

    @classmethod
    def load(cls, name: str, device: str | None = None, *, calibrated: bool = True) -> Self:
        """Load the model in the folder `name`, or the one of that name from the Hugging Face hub's local cache.

        device: as for `Captioner.load`. CAPTIONER_DTYPE decides the precision of the whole network; without it a CPU
        computes in float32, and a CUDA device in what the weights are stored in. Nothing is downloaded unless
        CAPTIONER_ALLOW_DOWNLOAD=1; only safetensors are read, and no code of the model's own is run.

        calibrated: whether a calibration is used, if one lies beside the model or where CAPTIONER_CALIBRATION says.

        Raises CheckpointError, CalibrationError, DeviceError or ConfigurationError.
        """
        threads, dtype, where = requested_threads(), requested_dtype(), choose_device(device)
        transformers = import_transformers()
        folder = find_folder(name)
        digest = weights_digest(weights_files(folder))
        try:
            model, report = transformers.AutoModelForImageTextToText.from_pretrained(
                str(folder),
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                dtype=dtype or (torch.float32 if where.type == "cpu" else "auto"),
                output_loading_info=True,
            )
            inputs = Inputs(transformers, str(folder))
        except Exception as error:  # the library raises errors of every kind, many with pages of advice
            reason = str(error).strip().partition("\n")[0]
            raise CheckpointError(
                f"The model {name!r} cannot be loaded: {reason} Choose an image-to-text model of transformers."
            ) from error
        # Poolers are not used for writing, and older models were saved without.
        if missing := sorted(key for key in report["missing_keys"] if ".pooler." not in key):
            raise CheckpointError(
                f"The weights of {name!r} do not fit its configuration: {len(missing)} tensors are missing, first "
                f"{missing[0]!r}. Choose an image-to-text model of transformers."
            )
        own_name = name if named_folder(name) is None else folder.resolve().name
        captioner = cls(model.to(where), inputs, own_name, digest, threads)
        if calibrated:
            captioner.calibration = load_calibration(calibration_folder(folder), captioner.version, captioner.search)
        return captioner

    @property
    def dtype(self) -> str:
        """The precision of the network, such as `float32`."""
        return str(self._model.dtype).removeprefix("torch.")

    @property
    def threads(self) -> int:
        """Threads that torch computes in, on a CPU; they are the whole process's."""
        return torch.get_num_threads()

    def warm_up(self) -> None:
        """Get ready for the first picture. If CAPTIONER_THREADS names a number it is set for the whole process."""
        if self.device.type == "cpu" and self._threads:
            torch.set_num_threads(self._threads)
        self.caption([Image.new("RGB", (self.image_size, self.image_size), "grey")], max_length=1)

    def caption(
        self,
        images: Sequence[Image.Image],
        *,
        beam_size: int | None = None,
        alternatives: int = 5,
        max_length: int | None = None,
        style: str = "",
        attention: bool = False,
    ) -> list[Caption]:
        """Return one caption a picture, in order; see `ImageCaptioner.caption`.

        max_length: in sub-word tokens. style, attention: these models have neither. When a CUDA device runs out of
        memory the batch is halved from then on. Raises BeamSearchError for a beam or length out of range.
        """
        beams = self.beam_size if beam_size is None else beam_size
        longest = _USUAL_LENGTH if max_length is None else max_length
        check_range(beams, longest)
        return self._batches.run(lambda batch: self._caption_batch(batch, beams, alternatives, longest), images)

    def picture_features(self, images: Sequence[Image.Image]) -> np.ndarray:
        """Statistics of the pixels, (N, S): encoders differ too much to be read from outside."""
        return np.stack([measure(image) for image in images])

    @torch.inference_mode()
    def _caption_batch(
        self, images: Sequence[Image.Image], beams: int, alternatives: int, max_length: int
    ) -> list[Caption]:
        inputs = {
            name: value.to(self.device, self._model.dtype if value.is_floating_point() else None)
            for name, value in self._inputs(images).items()
        }
        found = self._model.generate(
            **inputs,
            num_beams=beams,
            num_return_sequences=beams,
            do_sample=False,
            early_stopping=False,
            length_penalty=self._length_penalty,
            max_new_tokens=max_length + 1,
            # As in our own search: after the longest sentence comes the end, at what the network gives it.
            forced_eos_token_id=self._end_ids[0],
            return_dict_in_generate=True,
            output_logits=True,
        )
        log_probs = self._model.compute_transition_scores(
            found.sequences, found.logits, getattr(found, "beam_indices", None), normalize_logits=True
        )  # (B * K, T)
        tokens = found.sequences[:, -log_probs.shape[1] :]  # (B * K, T), without prompts
        sentences = list(zip(tokens.tolist(), log_probs.tolist(), strict=True))
        captions = [
            caption_of(self._candidates(sentences[first : first + beams]), alternatives, self.version)
            for first in range(0, len(sentences), beams)
        ]
        if self.calibration is None:
            return captions
        usual = max_length == _USUAL_LENGTH
        features = self.picture_features(images)
        return judged(captions, images, features, self.calibration, beam_size=beams if usual else None)

    def _candidates(self, sentences: Sequence[tuple[list[int], list[float]]]) -> list[Candidate]:
        """The sentences of one picture, best first."""
        candidates = [candidate for ids, values in sentences for candidate in self._candidate(ids, values)]
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _candidate(self, ids: list[int], log_probs: list[float]) -> Iterator[Candidate]:
        """The sentence up to its end token; nothing if it has none, as a place of the beam that stayed empty."""
        length = next((place for place, token in enumerate(ids) if token in self._end_ids), None)
        if length is None:
            return
        written, spent = ids[:length], log_probs[: length + 1]
        total = sum(spent)
        if not math.isfinite(total):
            raise BeamSearchError(f"{self.name} gave no usable log-probabilities. Try CAPTIONER_DTYPE=float32.")
        words, values = group_words(written, spent, self._inputs.decode)
        score = total / (length + 1) ** self._length_penalty
        yield Candidate(as_sentence(" ".join(words)), words, values, total, score)


def _end_ids(model: Any) -> list[int]:
    """The tokens that end a sentence; raises CheckpointError if there are none."""
    # BLIP's `generate` ends at the separator, whatever the generation configuration says.
    is_blip = model.config.model_type == "blip"
    ends = model.config.text_config.sep_token_id if is_blip else model.generation_config.eos_token_id
    if ends is None:
        raise CheckpointError("The model's generation configuration names no end token. Choose another model.")
    return [ends] if isinstance(ends, int) else list(ends)
