"""The checkpoint that is in the repository: what it must be, whatever its weights."""

import pytest
import skimage
from PIL import Image

from captioner.bands import Withheld
from captioner.captioner import Captioner
from captioner.checkpoint import read_manifest
from captioner.folding import has_fast_bfloat16
from captioner.model_names import shipped_folder
from tests.captioner import drawings
from tests.captioner.tiny import picture

pytestmark = pytest.mark.model

SHIPPED = shipped_folder()
LARGEST = 60_000_000
FLOOR = {
    "flickr8k/dev": {"BLEU-1": 66, "BLEU-4": 24, "CIDEr": 62},
    "coco/dev": {"BLEU-4": 24, "CIDEr": 75},
}
MOST_INVENTED = 25  # CHAIR-s on MS-COCO


@pytest.fixture(scope="module")
def captioner():
    return Captioner.load(SHIPPED, device="cpu")


@pytest.fixture(scope="module")
def pictures():
    samples = [Image.fromarray(load()) for load in (skimage.data.cat, skimage.data.coffee, skimage.data.astronaut)]
    return [*samples, *(picture(seed, (200, 150)) for seed in range(4))]


def test_the_weights_are_small_enough_for_any_host():
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < LARGEST


@pytest.mark.parametrize("split", FLOOR)
def test_its_figures_are_above_the_floor(split):
    figures = read_manifest(SHIPPED).metrics[split]
    assert (figures["beam"], figures["tokenizer"]) == (5, "ptb")
    assert all(figures[name] >= floor for name, floor in FLOOR[split].items())


def test_it_names_few_objects_that_are_not_there():
    assert read_manifest(SHIPPED).metrics["coco/dev"]["CHAIR-s"] <= MOST_INVENTED


def test_its_probabilities_are_honest(captioner):
    figures = captioner.calibration.report["cross_validated"]["all"]
    assert figures["ECE"] <= 5
    assert figures["AUROC"] >= 70
    likely = figures["bands"]["likely"]
    assert likely["share"] >= 25
    assert likely["right"] >= 80
    assert figures["bands"]["withheld"]["share"] <= 13


def test_the_card_tells_the_calibrations_figures(captioner):
    figures = captioner.calibration.report["cross_validated"]["all"]
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    for band in figures["bands"].values():
        assert f"| {band['share']:.1f} % | {band['mean_p']:.1f} % | {band['right']:.1f} % |" in card


def test_what_is_no_photograph_gets_no_sentence(captioner):
    drawn = [drawings.draw(kind, seed) for kind in drawings.KINDS for seed in range(4)]
    withheld = [caption.withheld for caption in captioner.caption(drawn, beam_size=1, alternatives=0)]
    assert sum(one is Withheld.NOT_A_PHOTOGRAPH for one in withheld) >= 0.9 * len(drawn)


def test_photographs_are_photographs(captioner, pictures):
    grey = [picture.convert("L").convert("RGB") for picture in pictures[:3]]
    captions = captioner.caption([*pictures[:3], *grey])
    assert all(caption.withheld is not Withheld.NOT_A_PHOTOGRAPH for caption in captions)


def test_it_tells_where_it_looked(captioner, pictures):
    (caption,) = captioner.caption(pictures[:1], attention=True)
    assert len(caption.looks) == len(caption.tokens) + 1


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
