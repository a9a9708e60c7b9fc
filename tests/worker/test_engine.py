"""The worker's captioner, with whichever model the settings name."""

import dataclasses

import pytest

from captioner import encoders
from captioner.captioner import Captioner
from captioner.types import Candidate
from tests.captioner import tiny_transformers
from tests.captioner.confidence.calibrations import calibration_of
from tests.captioner.tiny import ATTENTION, TinyEncoder, picture, tiny_checkpoint
from worker import engine as engines
from worker.engine import CaptionEngine, load_engine


def test_a_model_of_transformers_captions_for_the_service(settings, tmp_path):
    tiny_transformers.blip(tmp_path / "blip")
    settings.CAPTIONER_MODEL, settings.CAPTIONER_DEVICE = f"transformers:{tmp_path / 'blip'}", "cpu"
    engine = load_engine.__wrapped__()
    (found,) = engine.caption([picture(1)])
    candidates = found.candidates
    assert 1 <= len(candidates) <= settings.CAPTIONER_ALTERNATIVES + 1
    assert all(candidate.keys() == set(Candidate.__slots__) for candidate in candidates)
    assert engine.model.startswith("transformers:blip@")
    assert (engine.device, engine.dtype) == ("cpu", "float32")


@pytest.fixture
def checkpoint(tmp_path, monkeypatch):
    monkeypatch.setitem(encoders.ENCODERS, "tiny", TinyEncoder)
    return tmp_path


def engine_of(folder, *, ocr="drawings", photograph=1.0, **options):
    tiny_checkpoint(folder, **options)
    calibration_of(Captioner.load(folder, calibrated=False), photograph=photograph).save(folder)
    return CaptionEngine(Captioner.load(folder), beam_size=3, alternatives=2, ocr=ocr)


def test_what_is_found_is_what_the_captioner_says(checkpoint):
    engine = engine_of(checkpoint, architecture=ATTENTION)
    pictures = [picture(seed) for seed in range(3)]
    captions = Captioner.load(checkpoint).caption(pictures, attention=True)
    for found, caption in zip(engine.caption(pictures), captions, strict=True):
        assert found.candidates[0]["text"] == caption.text
        assert found.confidence == dataclasses.asdict(caption.confidence)
        assert found.withheld == (caption.withheld or "")
        things = [word for word in caption.tokens if word in ("dog", "grass", "ball", "children", "water")]
        assert [look["word"] for look in found.looks] == things
        assert all(len(look["weights"]) == 4 and look["place"] for look in found.looks)


def test_a_model_without_attention_has_no_looks(checkpoint):
    (found,) = engine_of(checkpoint).caption([picture(1)])
    assert found.looks is None


def test_the_options_tell_calibration_and_reading_apart(checkpoint, monkeypatch):
    monkeypatch.setattr(engines, "find_tesseract", lambda: None)
    without = engine_of(checkpoint).options
    assert "ocr=never" in without
    monkeypatch.setattr(engines, "find_tesseract", lambda: "tesseract")
    monkeypatch.setattr(engines, "tesseract_version", lambda: "5.3.0")
    assert "ocr=drawings-5.3.0" in engine_of(checkpoint).options
    assert engine_of(checkpoint, photograph=0.5).options != engine_of(checkpoint).options
    assert len(without) <= 100


def test_another_way_of_searching_is_another_option(checkpoint):
    tiny_checkpoint(checkpoint)
    captioner = Captioner.load(checkpoint)
    first, again = (CaptionEngine(captioner, beam_size=3, alternatives=2, ocr="never").options for _ in range(2))
    assert first == again
    captioner.search = {**captioner.search, "length_penalty": 0.123}
    changed = CaptionEngine(captioner, beam_size=3, alternatives=2, ocr="never").options
    assert changed != first
    assert len(changed) <= 100


@pytest.mark.parametrize(("beam", "said"), [(3, ""), (2, "holds for a beam of 3")])
def test_a_beam_that_was_not_calibrated_is_told_of_at_the_start(checkpoint, settings, caplog, beam, said):
    engine_of(checkpoint)
    settings.CAPTIONER_MODEL, settings.CAPTIONER_BEAM, settings.CAPTIONER_ALTERNATIVES = str(checkpoint), beam, 1
    load_engine.__wrapped__()
    assert said in caplog.text
    assert bool(said) == bool(caplog.records)


def test_a_model_without_calibration_is_told_of_at_the_start(checkpoint, settings, caplog):
    tiny_checkpoint(checkpoint)
    settings.CAPTIONER_MODEL = str(checkpoint)
    load_engine.__wrapped__()
    assert "is not calibrated" in caplog.text
