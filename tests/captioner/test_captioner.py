import math

import pytest
import torch
from PIL import Image

from captioner.beam_search import BeamSearchError, Hypothesis
from captioner.captioner import Captioner
from captioner.checkpoint import Checkpoint
from captioner.errors import CheckpointError
from tests.captioner.tiny import WORDS, picture, tiny_checkpoint, tiny_manifest, tiny_model

LIVELY = (0, 3, 8, 12)  # seeds with which the tiny networks say different things of different pictures


@pytest.fixture
def captioner(checkpoint):
    return Captioner.load(checkpoint, device="cpu")


def double_captioner(seed: int = 0) -> Captioner:
    """In float64 no rounding can hide a mistake or make one up."""
    model = tiny_model(seed).double().eval()
    encode = model.encoder.encode
    model.encoder.encode = lambda pixels, boxes=None: encode(pixels.double(), boxes)
    return Captioner(Checkpoint(model, tiny_manifest()))


def test_a_caption_tells_how_it_came_about(captioner):
    (caption,) = captioner.caption([picture(1)], beam_size=3, alternatives=2)
    assert set(caption.tokens) <= set(WORDS)
    assert caption.text.lower().rstrip(".").split() == list(caption.tokens)
    assert len(caption.token_log_probabilities) == len(caption.tokens) + 1
    assert sum(caption.token_log_probabilities) == pytest.approx(caption.log_probability, rel=1e-5)
    assert caption.score == pytest.approx(caption.log_probability / (len(caption.tokens) + 1), rel=1e-5)
    assert caption.model == captioner.version


def test_alternatives_are_distinct_and_worse(captioner):
    for caption in captioner.caption([picture(seed) for seed in range(8)], beam_size=6, alternatives=5):
        texts = [caption.text, *(other.text for other in caption.alternatives)]
        scores = [caption.score, *(other.score for other in caption.alternatives)]
        assert len(set(texts)) == len(texts) > 1
        assert scores == sorted(scores, reverse=True)
        assert all(math.isfinite(score) for score in scores)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_there_are_no_more_alternatives_than_asked_for(captioner, count):
    (caption,) = captioner.caption([picture(1)], beam_size=8, alternatives=count)
    assert len(caption.alternatives) == count


@pytest.mark.parametrize("seed", LIVELY)
def test_an_image_alone_and_in_any_batch_gives_the_same_sentence(seed):
    captioner = double_captioner(seed)
    pictures = [picture(number) for number in range(9)]
    together = captioner.caption(pictures, beam_size=4)
    assert len({caption.text for caption in together}) > 1, "the pictures must matter"
    backwards = captioner.caption(pictures[::-1], beam_size=4)[::-1]
    for image, one, other in zip(pictures, together, backwards, strict=True):
        (alone,) = captioner.caption([image], beam_size=4)
        for caption in (one, other):
            assert caption.text == alone.text
            assert [each.text for each in caption.alternatives] == [each.text for each in alone.alternatives]
            assert caption.score == pytest.approx(alone.score, rel=1e-9)


def test_no_images_have_no_captions(captioner):
    assert captioner.caption([]) == []


def test_the_checkpoint_says_how_to_search(captioner):
    (caption,) = captioner.caption([picture(2)])
    assert len(caption.tokens) <= 6
    (short,) = captioner.caption([picture(2)], max_length=1)
    assert len(short.tokens) <= 1


def test_the_unknown_word_is_never_written(tmp_path):
    model = tiny_model()
    model.decoder.output.bias.data[3] = 50.0
    captioner = Captioner(Checkpoint(model.eval(), tiny_manifest()))
    caption = captioner.caption([picture(1)])[0]
    assert "<unk>" not in caption.tokens


@pytest.mark.parametrize("beam_size", [0, 21, -1])
def test_impossible_beams_are_refused(captioner, beam_size):
    with pytest.raises(BeamSearchError):
        captioner.caption([picture(1)], beam_size=beam_size)


def test_warming_up_needs_nothing(captioner):
    captioner.warm_up()


class OutOfMemoryAbove:
    """Stands in for a CUDA device that holds only so many pictures at once; there is none to test with."""

    def __init__(self, encode, limit: int) -> None:
        self.encode, self.limit, self.sizes = encode, limit, []

    def __call__(self, pixels, boxes=None):
        self.sizes.append(len(pixels))
        if len(pixels) > self.limit:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return self.encode(pixels, boxes)


def test_the_batch_is_halved_when_memory_runs_out_and_stays_so():
    model = tiny_model().eval()
    captioner = Captioner(Checkpoint(model, tiny_manifest()))
    pictures = [picture(number) for number in range(20)]
    expected = [caption.text for caption in captioner.caption(pictures)]
    model.encoder.encode = device = OutOfMemoryAbove(model.encoder.encode, 6)
    assert [caption.text for caption in captioner.caption(pictures)] == expected
    assert device.sizes == [20, 10, 5, 5, 5, 5]


def test_memory_that_does_not_hold_one_picture_is_an_error():
    model = tiny_model().eval()
    captioner = Captioner(Checkpoint(model, tiny_manifest()))
    model.encoder.encode = OutOfMemoryAbove(model.encoder.encode, 0)
    with pytest.raises(torch.cuda.OutOfMemoryError):
        captioner.caption([picture(1), picture(2)])


def test_the_environment_names_the_checkpoint(tmp_path, monkeypatch):
    tiny_checkpoint(tmp_path / "a", seed=1)
    tiny_checkpoint(tmp_path / "b", seed=2)
    monkeypatch.setenv("CAPTIONER_MODEL", str(tmp_path / "a"))
    assert Captioner.load().version == Captioner.load(tmp_path / "a").version
    assert Captioner.load().version != Captioner.load(tmp_path / "b").version


def test_a_folder_without_a_checkpoint_is_an_error(tmp_path):
    with pytest.raises(CheckpointError, match="no checkpoint"):
        Captioner.load(tmp_path)


def test_a_very_small_and_a_very_long_picture_have_captions(captioner):
    sizes = [(1, 1), (1, 400), (3000, 8)]
    captions = captioner.caption([Image.new("RGB", size) for size in sizes])
    assert len(captions) == 3


def test_a_sentence_without_words_comes_last(captioner):
    silent = Hypothesis((), (-0.1,), -0.1, -0.1)
    spoken = Hypothesis((4,), (-0.5, -0.5), -1.0, -0.5)
    caption = captioner._caption([silent, spoken], alternatives=5)
    assert caption.tokens == (WORDS[0],)
    assert caption.alternatives == ()
