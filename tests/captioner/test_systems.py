"""The checkpoints of the systems that are laid side by side: each can be measured again, and its card is true."""

import pytest

from captioner.captioner import Captioner
from captioner.checkpoint import read_manifest
from captioner.decoders import DECODERS
from captioner.model_names import shipped_folder
from tests.captioner.tiny import picture

pytestmark = pytest.mark.model

CHECKPOINTS = shipped_folder().parent
SYSTEMS = [folder.name for folder in sorted(CHECKPOINTS.iterdir()) if read_manifest(folder).trunk is not None]
LARGEST = 30_000_000
LEAST_BLEU_4 = 16


def test_every_decoder_is_among_them():
    assert {read_manifest(CHECKPOINTS / name).architecture.decoder for name in SYSTEMS} == DECODERS.keys()
    assert {"lrcn-1u", "lrcn-2u", "lrcn-2f"} <= set(SYSTEMS)


@pytest.mark.parametrize("name", SYSTEMS)
def test_it_writes_sentences_on_the_trunk_that_it_names(name):
    (caption,) = Captioner.load(CHECKPOINTS / name, device="cpu", dtype="float32").caption([picture(3, (200, 150))])
    assert len(caption.tokens) >= 3


@pytest.mark.parametrize("name", SYSTEMS)
def test_it_is_small_and_its_log_lies_beside_it(name):
    assert sum(path.stat().st_size for path in (CHECKPOINTS / name).iterdir()) < LARGEST
    assert (CHECKPOINTS / name / "training.csv").is_file()


@pytest.mark.parametrize("name", SYSTEMS)
def test_its_card_tells_the_manifests_figures_and_version(name):
    manifest = read_manifest(CHECKPOINTS / name)
    card = (CHECKPOINTS / name / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert manifest.version in card
    assert manifest.metrics["flickr8k/dev"]["BLEU-4"] >= LEAST_BLEU_4
    for figures in manifest.metrics.values():
        for measure in ("BLEU-1", "BLEU-4", "ROUGE-L", "METEOR", "CIDEr", "CHAIR-s", "perplexity"):
            assert f"| {figures[measure]:.1f} |" in card
