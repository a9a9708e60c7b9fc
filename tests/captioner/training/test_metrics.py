"""Figures that can be worked out by hand, and agreement with what people wrote."""

import math
import shutil
import sys

import pytest

from captioner.errors import ConfigurationError
from captioner.training.metrics import score

java = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")

REFERENCES = [
    ["A dog runs on the grass .", "The dog is running ."],
    ["Two children play in the water .", "Children swim ."],
    ["A man rides a red bicycle .", "A cyclist on the road ."],
]


@pytest.mark.parametrize("fast", [True, pytest.param(False, marks=java)])
def test_what_people_wrote_is_perfect(fast):
    scores = score([captions[0] for captions in REFERENCES], REFERENCES, fast=fast)
    for name in ("BLEU-1", "BLEU-2", "BLEU-3", "BLEU-4", "ROUGE-L"):
        assert scores.figures[name] == pytest.approx(100, abs=0.01)
    assert scores.figures["CIDEr"] > 300


def test_bleu_is_precision_times_brevity():
    """Three of four words are in the reference, which has six: BLEU-1 = 3/4 x exp(1 - 6/4)."""
    scores = score(["a dog swims on"], [["a dog runs on the grass"]], fast=True)
    assert scores.figures["BLEU-1"] == pytest.approx(75 * math.exp(1 - 6 / 4), abs=0.01)


def test_marks_and_capitals_do_not_count():
    plain = score(["a dog runs on the grass", "children"], REFERENCES[:2], fast=True)
    written = score(["A dog runs on the grass.", "Children!"], REFERENCES[:2], fast=True)
    assert plain == written


def test_sentences_about_something_else_score_nothing():
    scores = score(["xylophone quartz", "xylophone quartz", "xylophone quartz"], REFERENCES, fast=True)
    assert all(value == pytest.approx(0, abs=0.01) for value in scores.figures.values())


def test_an_empty_sentence_is_allowed():
    assert score(["", "a dog", "a man"], REFERENCES, fast=True).figures["BLEU-1"] >= 0


@java
def test_with_java_the_tokenizer_is_ptb_and_there_is_meteor():
    scores = score([captions[0] for captions in REFERENCES], REFERENCES)
    assert scores.tokenizer == "ptb"
    assert scores.figures["METEOR"] == pytest.approx(100, abs=1)


def test_without_java_the_result_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    scores = score([captions[0] for captions in REFERENCES], REFERENCES)
    assert scores.tokenizer == "simple"
    assert "METEOR" not in scores.figures


def test_standard_output_stays_clean(capsys):
    score(["a dog", "a dog", "a dog"], REFERENCES, fast=True)
    assert capsys.readouterr().out == ""


def test_without_pycocoevalcap_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pycocoevalcap.bleu.bleu", None)
    with pytest.raises(ConfigurationError, match=r"requirements-train\.txt"):
        score(["a dog"], [["a dog"]], fast=True)
