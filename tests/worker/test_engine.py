"""The worker's captioner, with whichever model the settings name."""

from captioner.types import Candidate
from tests.captioner import tiny_transformers
from tests.captioner.tiny import picture
from worker.engine import load_engine


def test_a_model_of_transformers_captions_for_the_service(settings, tmp_path):
    tiny_transformers.blip(tmp_path / "blip")
    settings.CAPTIONER_MODEL, settings.CAPTIONER_DEVICE = f"transformers:{tmp_path / 'blip'}", "cpu"
    engine = load_engine.__wrapped__()
    (candidates,) = engine.caption([picture(1)])
    assert 1 <= len(candidates) <= settings.CAPTIONER_ALTERNATIVES + 1
    assert all(candidate.keys() == set(Candidate.__slots__) for candidate in candidates)
    assert engine.model.startswith("transformers:blip@")
    assert (engine.device, engine.dtype) == ("cpu", "float32")
