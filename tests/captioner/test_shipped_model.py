"""The checkpoint that is in the repository: what it must be, whatever its weights."""

import pytest
import skimage
from PIL import Image

from captioner.captioner import Captioner
from captioner.checkpoint import read_manifest
from captioner.folding import has_fast_bfloat16
from captioner.model_names import shipped_folder
from tests.captioner.tiny import picture

pytestmark = pytest.mark.model

SHIPPED = shipped_folder()
LARGEST = 60_000_000
FLOOR = {"BLEU-1": 60, "BLEU-4": 18, "CIDEr": 42}


@pytest.fixture(scope="module")
def captioner():
    return Captioner.load(SHIPPED, device="cpu")


@pytest.fixture(scope="module")
def pictures():
    samples = [Image.fromarray(load()) for load in (skimage.data.cat, skimage.data.coffee, skimage.data.astronaut)]
    return [*samples, *(picture(seed, (200, 150)) for seed in range(4))]


def test_the_weights_are_small_enough_for_any_host():
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < LARGEST


def test_the_whole_network_was_trained():
    stages = read_manifest(SHIPPED).training["stages"]
    assert any(stage["encoder_learning_rate"] > 0 and stage["epochs"] >= 1 for stage in stages)


def test_its_figures_on_flickr8k_are_above_the_floor():
    figures = read_manifest(SHIPPED).metrics["flickr8k/dev"]
    assert figures["beam"] == 5
    assert figures["tokenizer"] == "ptb"
    assert all(figures[name] >= floor for name, floor in FLOOR.items())


def test_the_model_card_tells_the_manifests_figures_and_version():
    manifest = read_manifest(SHIPPED)
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert manifest.version in card
    for figures in manifest.metrics.values():
        for name in ("BLEU-1", "BLEU-4", "ROUGE-L", "METEOR", "CIDEr"):
            assert f"{figures[name]:.1f}" in card


def test_an_image_alone_and_in_any_batch_gives_the_same_sentence(captioner, pictures):
    together = captioner.caption(pictures)
    backwards = captioner.caption(pictures[::-1])[::-1]
    alone = [captioner.caption([image])[0] for image in pictures]
    for others in (together, backwards):
        assert [caption.text for caption in others] == [caption.text for caption in alone]
        for caption, own in zip(others, alone, strict=True):
            assert caption.score == pytest.approx(own.score, abs=1e-3)


@pytest.mark.skipif(not has_fast_bfloat16(), reason="this processor has no bfloat16 convolutions in oneDNN")
def test_in_bfloat16_too_an_image_alone_and_in_a_batch_gives_the_same_sentence(captioner, pictures):
    half = Captioner.load(SHIPPED, device="cpu", dtype="bfloat16")
    together = half.caption(pictures)
    for image, caption in zip(pictures, together, strict=True):
        (alone,) = half.caption([image])
        assert alone.text == caption.text
        assert alone.score == pytest.approx(caption.score, abs=1e-3)
    for caption, usual in zip(together, captioner.caption(pictures), strict=True):
        assert caption.score == pytest.approx(usual.score, abs=0.3)


@pytest.mark.parametrize("beam_size", [1, 20])
def test_every_width_of_beam_gives_a_sentence(captioner, pictures, beam_size):
    for caption in captioner.caption(pictures[:3], beam_size=beam_size, alternatives=20):
        assert len(caption.tokens) >= 3
        assert len(caption.alternatives) <= beam_size - 1


def test_it_sees_a_cat_and_a_person(captioner, pictures):
    """Not a measure of quality: that the right weights met the right preprocessing."""
    texts = [caption.text.lower() for caption in captioner.caption(pictures[:3])]
    assert any(word in texts[0] for word in ("cat", "dog", "animal"))
    assert any(word in texts[2] for word in ("woman", "man", "girl", "boy", "person", "child", "people"))
