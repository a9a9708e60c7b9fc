"""The captioner: pictures in, captions out."""

from __future__ import annotations

import copy
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import torch
from PIL import Image

from captioner.batches import Batches
from captioner.candidates import caption_of
from captioner.checkpoint import Checkpoint, load_checkpoint
from captioner.confidence.calibration import calibration_folder, load_calibration
from captioner.confidence.judge import judged
from captioner.confidence.signs import evidence_signs
from captioner.cpus import available_cpus
from captioner.decoders.attention import AttentionDecoder
from captioner.device import choose_device
from captioner.evidence import EVIDENT_KINDS
from captioner.folding import for_inference, has_fast_bfloat16
from captioner.generate import generate
from captioner.model_names import shipped_folder
from captioner.runtime import Runtime, best_time, fastest, requested_dtype, requested_threads
from captioner.types import Candidate, Look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from captioner.beam_search import Hypothesis
    from captioner.confidence.calibration import Calibration
    from captioner.encoders import Features
    from captioner.types import Caption

ENVIRONMENT_VARIABLE = "CAPTIONER_MODEL"
_BATCH_SIZE = 32
_PICTURES_TO_MEASURE_WITH = 2


def checkpoint_folder(path: Path | str | None = None) -> Path:
    """The folder `path`, else that of the variable CAPTIONER_MODEL, else the shipped checkpoint's."""
    return Path(path or os.environ.get(ENVIRONMENT_VARIABLE) or shipped_folder())


class Captioner:
    """A loaded checkpoint that writes captions.

    name: what the checkpoint is called. version: the name and the beginning of its weights' SHA-256.
    device: where it runs. beam_size: the beam that it was tuned with. search: how it searches for sentences.
    styles: the ways of writing that it knows, the usual one first; none if it knows only one. has_attention: whether
    it can tell where it looked. calibration: what its confidence is read with, if there is one.
    image_size: the side in pixels that pictures are resized to; `open_image(data, target=image_size)` decodes large
    JPEG files faster.

    The encoder is used with its batch norm folded (`captioner.folding`); the checkpoint's own stays as it is.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        *,
        calibration: Calibration | None = None,
        dtype: str | None = None,
        threads: int | None = None,
    ) -> None:
        """calibration: without it captions have no probability, and none is withheld.

        dtype: the encoder's precision, `auto`, `float32` or `bfloat16`; without it CAPTIONER_DTYPE decides, and
        without that `auto`: float32 unless `warm_up` measures that bfloat16 is faster. The decoder and all
        probabilities are in float32. threads: what `warm_up` sets; without it CAPTIONER_THREADS decides, and without
        that `auto`: measured.

        Raises ConfigurationError.
        """
        self._dtype = requested_dtype(dtype)
        self._threads = requested_threads(threads)
        encoder = for_inference(checkpoint.model.encoder)
        if self._dtype not in (None, encoder.dtype):
            encoder = copy.deepcopy(encoder).to(self._dtype)
        self._model = checkpoint.model.with_encoder(encoder)
        self._manifest = checkpoint.manifest
        self.name = self._manifest.name
        self.version = self._manifest.version
        self.beam_size = self._manifest.generation.beam_size
        self.has_attention = isinstance(self._model.decoder, AttentionDecoder)
        self.styles = self._manifest.vocabulary.styles
        self.search: Mapping[str, float] = asdict(self._manifest.generation)
        self.image_size = self._manifest.preprocessing.size
        self.device = next(self._model.parameters()).device
        self.calibration = calibration
        self._batches = Batches(_BATCH_SIZE)

    @classmethod
    def load(
        cls,
        path: Path | str | None = None,
        device: str | None = None,
        *,
        dtype: str | None = None,
        threads: int | None = None,
        calibrated: bool = True,
    ) -> Self:
        """Load the checkpoint in the folder `path`, else CAPTIONER_MODEL's, else the shipped one.

        device: `auto`, `cpu`, `cuda` or `cuda:N`; without it CAPTIONER_DEVICE decides, and without that `auto`.
        dtype, threads: as the constructor says. calibrated: whether a calibration is used, if one lies
        beside the checkpoint or where CAPTIONER_CALIBRATION says.

        Raises CheckpointError, CalibrationError, DeviceError or ConfigurationError.
        """
        folder = checkpoint_folder(path)
        checkpoint = load_checkpoint(folder, choose_device(device))
        calibration = None
        if calibrated:
            calibration = load_calibration(
                calibration_folder(folder), checkpoint.manifest.version, asdict(checkpoint.manifest.generation)
            )
        return cls(checkpoint, calibration=calibration, dtype=dtype, threads=threads)

    @property
    def dtype(self) -> str:
        """The precision that the encoder computes in: `float32` or `bfloat16`."""
        return str(self._model.encoder.dtype).removeprefix("torch.")

    @property
    def threads(self) -> int:
        """Threads that torch computes in, on a CPU; they are the whole process's."""
        return torch.get_num_threads()

    def warm_up(self) -> None:
        """Get ready for the first picture, which else would wait for the libraries to set themselves up.

        On a CPU this takes some seconds and measures, with grey pictures, in which precision and with how many threads
        captioning is fastest here; what was asked for by name is not measured. It then calls `torch.set_num_threads`,
        which holds for the whole process; nothing else in the library does.
        """
        if self.device.type == "cpu":
            self._choose_runtime()
        self.caption([self._grey()])

    def _choose_runtime(self) -> None:
        encoder = self._model.encoder
        threads = min(available_cpus(), torch.get_num_threads())  # torch's own are what OMP_NUM_THREADS says
        usual = Runtime(encoder.dtype, self._threads or threads)
        encoders = {usual.dtype: encoder}
        try_bfloat16 = self._dtype is None and encoder.dtype == torch.float32 and has_fast_bfloat16()
        if try_bfloat16:
            encoders[torch.bfloat16] = copy.deepcopy(encoder).to(torch.bfloat16)
        pictures = [self._grey()] * _PICTURES_TO_MEASURE_WITH

        def use(runtime: Runtime) -> None:
            torch.set_num_threads(runtime.threads)
            self._model.encoder = encoders[runtime.dtype]

        def seconds(runtime: Runtime) -> float:
            use(runtime)
            return best_time(lambda: self.caption(pictures))

        use(fastest(usual, seconds, try_fewer_threads=self._threads is None, try_bfloat16=try_bfloat16))

    def _grey(self) -> Image.Image:
        return Image.new("RGB", (self.image_size, self.image_size), "grey")

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
        """Return one caption a picture, in order.

        beam_size: 1 to 20; by default what the checkpoint was tuned with. alternatives: how many other sentences at
        most; there are fewer when the beam is narrow. max_length: in words. style: one of `styles`, by default the
        first. attention: whether captions tell where the model looked. Pictures go through the network a batch at a
        time; when a CUDA device runs out of memory the batch is halved from then on.

        Raises BeamSearchError for a beam or length out of range.
        """
        return self._batches.run(
            lambda batch: self._caption_batch(batch, beam_size, alternatives, max_length, style, attention), images
        )

    @torch.inference_mode()
    def _caption_batch(
        self,
        images: Sequence[Image.Image],
        beam_size: int | None,
        alternatives: int,
        max_length: int | None,
        style: str,
        attention: bool,
    ) -> list[Caption]:
        generation = self._manifest.generation
        beam_size = self.beam_size if beam_size is None else beam_size
        features = self._encode(images)
        found = generate(
            self._model.decoder,
            features,
            self._manifest.vocabulary,
            beam_size=beam_size,
            max_length=generation.max_length if max_length is None else max_length,
            length_penalty=generation.length_penalty,
            style=style,
            penalties=self._model.word_penalties(
                features,
                self._manifest.vocabulary,
                weight=generation.evidence_weight,
                least=generation.least_evidence,
            ),
        )
        captions = [self._caption(hypotheses, alternatives) for hypotheses in found]
        evidence = self._model.object_evidence(features)  # (B, K)
        if evidence is not None:
            captions = [_with_evidence(caption, own) for caption, own in zip(captions, evidence.tolist(), strict=True)]
        if self.calibration is not None:
            usual = max_length in (None, generation.max_length) and style in ("", *self.styles[:1])
            pooled = features.pooled.float().cpu().numpy()
            captions = judged(captions, images, pooled, self.calibration, beam_size=beam_size if usual else None)
        return self._with_looks(captions, features, style) if attention else captions

    def _encode(self, images: Sequence[Image.Image]) -> Features:
        pixels = self._manifest.preprocessing(images).to(self.device)  # (B, 3, S, S)
        return self._model.encoder.encode(pixels)

    def picture_features(self, images: Sequence[Image.Image]) -> np.ndarray:
        """The pooled features of pictures, (N, D) in float32."""
        rows: list[np.ndarray] = self._batches.run(self._pooled, images)
        return np.stack(rows)

    @torch.inference_mode()
    def _pooled(self, images: Sequence[Image.Image]) -> list[np.ndarray]:
        return list(self._encode(images).pooled.float().cpu().numpy())

    def _caption(self, hypotheses: Sequence[Hypothesis], alternatives: int) -> Caption:
        vocabulary = self._manifest.vocabulary
        candidates = (self._candidate(vocabulary.decode(one.token_ids), one) for one in hypotheses)
        return caption_of(candidates, alternatives, self.version)

    def _with_looks(self, captions: Sequence[Caption], features: Features, style: str) -> list[Caption]:
        """The captions, each read once more to see where the model looks as it writes it."""
        vocabulary = self._manifest.vocabulary
        longest = max(len(caption.tokens) for caption in captions)
        tokens = torch.full((len(captions), longest + 1), vocabulary.PAD, device=self.device)  # (B, T)
        for row, caption in enumerate(captions):
            words = [vocabulary.start_id(style), *vocabulary.ids(caption.tokens)]
            tokens[row, : len(words)] = torch.tensor(words)
        maps = self._model.decoder.attention_maps(features, tokens)  # (B, T, P)
        if maps is None:
            return list(captions)
        side = self._model.encoder.grid_side
        return [
            replace(caption, looks=_looks(caption.tokens, own.view(longest + 1, side, side)))
            for caption, own in zip(captions, maps, strict=True)
        ]

    def _candidate(self, text: str, hypothesis: Hypothesis) -> Candidate:
        return Candidate(
            text,
            self._manifest.vocabulary.tokens(hypothesis.token_ids),
            hypothesis.token_log_probabilities,
            hypothesis.log_probability,
            hypothesis.score,
        )


def _with_evidence(caption: Caption, log_odds: Sequence[float]) -> Caption:
    """The caption with what the evidence of objects says of it. log_odds: in the order of EVIDENT_KINDS."""
    evidence = dict(zip(EVIDENT_KINDS, log_odds, strict=True))
    return replace(caption, signs={**caption.signs, **evidence_signs(" ".join(caption.tokens), evidence)})


def _looks(words: Sequence[str], maps: Tensor) -> tuple[Look, ...]:
    """One look for each word and one for the end. maps: (T, S, S), T more than the words."""
    return tuple(
        Look(word, tuple(tuple(row) for row in weights))
        for word, weights in zip((*words, ""), maps.tolist(), strict=False)
    )
