"""A calibration reads signs, tells bands, and lies beside its checkpoint."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import skimage
from PIL import Image

from captioner.bands import Band, Withheld
from captioner.captioner import Captioner
from captioner.confidence.calibration import (
    CALIBRATION,
    FLOOR,
    LIKELY,
    TENSORS,
    UNSURE,
    Calibration,
    band_of,
    load_calibration,
)
from captioner.confidence.judge import judged
from captioner.errors import CalibrationError
from captioner.types import Caption
from tests.captioner.confidence.calibrations import calibration, calibration_of, logistic
from tests.captioner.drawings.traced import stencil
from tests.captioner.tiny import picture, tiny_checkpoint


@pytest.mark.parametrize(
    ("probability", "band"),
    [(0.99, Band.LIKELY), (LIKELY, Band.LIKELY), (0.74, Band.UNSURE), (UNSURE, Band.UNSURE), (0.3, Band.DOUBTFUL)],
)
def test_bands(probability, band):
    assert band_of(probability) is band
    assert band.words


def logit(p):
    return math.log(p / (1 - p))


def signs(p, photograph=1.0):
    return {"mean_log_probability": logit(p), "photograph": photograph}


def test_the_probability_and_the_band_are_told():
    confidence = calibration().confidence("a dog", signs(0.6))
    assert (confidence.p, confidence.band, confidence.calibrated) == (0.6, Band.UNSURE, True)


@pytest.mark.parametrize(
    ("p", "photograph", "reason"),
    [
        (0.9, 0.1, None),
        (FLOOR + 0.01, 1.0, None),
        (FLOOR - 0.01, 1.0, Withheld.TOO_UNSURE),
        (0.9, -2.0, Withheld.NOT_A_PHOTOGRAPH),
        (0.1, -2.0, Withheld.NOT_A_PHOTOGRAPH),
    ],
)
def test_what_is_withheld_and_why(p, photograph, reason):
    caption = Caption("A dog.", ("a", "dog"), (), 0.0, 0.0, (), "tiny-1", signs={"mean_log_probability": logit(p)})
    (told,) = judged([caption], [picture(0)], np.zeros((1, 6)), calibration(photograph=photograph), beam_size=3)
    assert told.withheld is reason
    assert told.confidence.calibrated == (reason is not Withheld.NOT_A_PHOTOGRAPH), "nothing is promised of a drawing"


def test_it_is_read_as_it_was_saved(tmp_path):
    saved = calibration(bias=0.3)
    saved.save(tmp_path)
    read = load_calibration(tmp_path, "tiny-1", {})
    assert read.confidence("a dog", signs(0.6)) == saved.confidence("a dog", signs(0.6))
    assert read.record.signs(["dog", "cat"]) == saved.record.signs(["dog", "cat"])
    assert (read.beam_size, read.signs, read.report) == (3, ("mean_log_probability",), {"figures": 1})
    assert read.photographs.signs(np.ones((1, 6))) == saved.photographs.signs(np.ones((1, 6)))
    assert len(read.digest) == 64


def test_the_record_of_what_a_sentence_names_is_read_too():
    found = replace(calibration(), signs=("record", "least_record"), right=logistic(1.0, 1.0))
    given = {"photograph": 1.0}
    dog, cat = (found.confidence(sentence, given).p for sentence in ("a dog runs", "a cat runs"))
    assert dog > cat


def test_another_calibration_has_another_digest(tmp_path):
    digests = set()
    for bias in (0.0, 0.1):
        calibration(bias=bias).save(tmp_path)
        digests.add(Calibration.read(tmp_path).digest)
    assert len(digests) == 2


def test_where_there_is_none_there_is_none(tmp_path):
    assert load_calibration(tmp_path, "tiny-1", {}) is None


def test_one_of_another_checkpoint_is_refused(tmp_path):
    calibration().save(tmp_path)
    with pytest.raises(CalibrationError, match="made for tiny-1, and the model is other-1"):
        load_calibration(tmp_path, "other-1", {})


def test_one_of_another_search_is_refused(tmp_path):
    calibration(search={"length_penalty": 1.0}).save(tmp_path)
    assert load_calibration(tmp_path, "tiny-1", {"length_penalty": 1.0})
    with pytest.raises(CalibrationError, match="another search"):
        load_calibration(tmp_path, "tiny-1", {"length_penalty": 0.5})


def test_files_of_two_calibrations_are_refused(tmp_path):
    calibration().save(tmp_path)
    tensors = (tmp_path / TENSORS).read_bytes()
    calibration(features=5).save(tmp_path)
    (tmp_path / TENSORS).write_bytes(tensors)
    with pytest.raises(CalibrationError, match="do not go together"):
        load_calibration(tmp_path, "tiny-1", {})


@pytest.mark.parametrize("damage", ["cut", "no tensors", "not json", "other statistics", "missing entry"])
def test_damaged_files_are_refused_with_advice(tmp_path, damage):
    calibration().save(tmp_path)
    text = json.loads((tmp_path / CALIBRATION).read_text())
    if damage == "cut":
        (tmp_path / TENSORS).write_bytes((tmp_path / TENSORS).read_bytes()[:50])
    elif damage == "no tensors":
        (tmp_path / TENSORS).unlink()
    elif damage == "not json":
        (tmp_path / CALIBRATION).write_text("{")
    elif damage == "other statistics":
        (tmp_path / CALIBRATION).write_text(json.dumps({**text, "statistics": ["one"]}))
    else:
        del text["signs"]
        (tmp_path / CALIBRATION).write_text(json.dumps(text))
    with pytest.raises(CalibrationError, match="Make it again"):
        load_calibration(tmp_path, "tiny-1", {})


@pytest.fixture
def folder(tmp_path):
    tiny_checkpoint(tmp_path)
    calibration_of(Captioner.load(tmp_path)).save(tmp_path)
    return tmp_path


def test_a_captioner_with_a_calibration_tells_how_sure_it_is(folder):
    pictures = [picture(seed) for seed in range(3)]
    captions = Captioner.load(folder).caption(pictures)
    for caption in captions:
        odds = caption.signs["mean_log_probability"]
        assert caption.confidence.p == pytest.approx(1 / (1 + math.exp(-odds)), abs=1e-4)
        assert caption.confidence.calibrated
        assert (caption.withheld is Withheld.TOO_UNSURE) == (caption.confidence.p < FLOOR)
    alone = [Captioner.load(folder).caption([one])[0] for one in pictures]
    assert [one.confidence for one in alone] == [one.confidence for one in captions], "alone or in a batch"


@pytest.mark.parametrize("options", [{"beam_size": 2}, {"max_length": 3}])
def test_another_search_is_not_what_was_calibrated(folder, options):
    (caption,) = Captioner.load(folder).caption([picture(1)], **options)
    assert (caption.confidence.p, caption.confidence.calibrated) == (None, False)
    assert caption.confidence.band is Band.UNKNOWN
    assert caption.withheld is None


def test_what_is_no_photograph_is_withheld_in_every_search(folder):
    calibration_of(Captioner.load(folder), photograph=-1.0).save(folder)
    for beam in (2, 3):
        (caption,) = Captioner.load(folder).caption([picture(1)], beam_size=beam)
        assert caption.withheld is Withheld.NOT_A_PHOTOGRAPH


def test_without_a_calibration_nothing_is_promised_or_withheld(tmp_path):
    tiny_checkpoint(tmp_path)
    (caption,) = Captioner.load(tmp_path).caption([picture(1)])
    assert (caption.confidence.p, caption.confidence.band, caption.withheld) == (None, Band.UNKNOWN, None)
    assert caption.signs


def test_a_calibration_that_does_not_fit_stops_the_captioner_unless_it_is_not_asked_for(folder):
    calibration(checkpoint="other-1").save(folder)
    with pytest.raises(CalibrationError):
        Captioner.load(folder)
    assert Captioner.load(folder, calibrated=False).calibration is None


@pytest.mark.parametrize(
    ("size", "reason"), [((16, 16), Withheld.TOO_UNSURE), ((39, 32), Withheld.TOO_UNSURE), ((40, 10), None)]
)
def test_nothing_is_said_of_a_picture_that_is_too_small_to_show_anything(size, reason):
    caption = Caption("A dog.", ("a", "dog"), (), 0.0, 0.0, (), "tiny-1", signs={"mean_log_probability": logit(0.9)})
    (told,) = judged([caption], [picture(0, size)], np.zeros((1, 6)), calibration(), beam_size=3)
    assert told.withheld is reason
    assert (told.confidence.p is None) == (reason is not None)


def test_what_is_in_ink_is_no_photograph_whatever_its_features_say():
    caption = Caption("A dog.", ("a", "dog"), (), 0.0, 0.0, (), "tiny-1", signs={"mean_log_probability": logit(0.9)})
    drawn = stencil(Image.fromarray(skimage.data.coffee()))
    (told,) = judged([caption], [drawn], np.zeros((1, 6)), calibration(), beam_size=3)
    assert told.withheld is Withheld.NOT_A_PHOTOGRAPH
