"""`calibrate` and `reliability`, with a tiny network and real files."""

import json

import numpy as np
import pytest

from captioner import encoders
from captioner.__main__ import main
from captioner.captioner import Captioner
from captioner.confidence.calibration import CALIBRATION, TENSORS
from captioner.confidence.record import Naming, Record
from captioner.training.calibrate import Cases, cases_of, cross_validated, fit_right
from captioner.training.rarity import RARITIES
from captioner.training.reliability import auroc
from captioner.training.reliability_plot import PLOT
from captioner.types import Caption
from tests.captioner.tiny import TinyEncoder, picture, tiny_checkpoint, write_split

COUNT = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibrated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(encoders.ENCODERS, "tiny", TinyEncoder)
        return calibrated(folder)


def calibrated(folder):
    tiny_checkpoint(folder / "model")
    for name in ("one", "two"):
        write_split(folder / name, "dev", COUNT, seed=len(name))
    arguments = ["--data", str(folder / "one"), str(folder / "two"), "--split", "dev"]
    assert main(["calibrate", *arguments, "--checkpoint", str(folder / "model"), "--photographs", "12"]) == 0
    return folder


def test_the_files_lie_beside_the_checkpoint(folder):
    assert {CALIBRATION, TENSORS, PLOT} <= {path.name for path in (folder / "model").iterdir()}
    report = json.loads((folder / "model" / CALIBRATION).read_text())["report"]["cross_validated"]
    assert {name: entry["photographs"] for name, entry in report.items()} == {
        "all": 2 * COUNT,
        "one/dev": COUNT,
        "two/dev": COUNT,
    }


def test_the_captioner_uses_it(folder):
    (caption,) = Captioner.load(folder / "model").caption([picture(3)])
    assert 0 <= caption.confidence.p <= 1
    assert {"photograph", "distance"} <= set(caption.signs)


def test_reliability_measures_what_is_stored(folder, capsys):
    arguments = ["--data", str(folder / "one"), "--split", "dev", "--checkpoint", str(folder / "model")]
    assert main(["reliability", *arguments, "--drawings", "1"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["all"]["photographs"] == COUNT
    assert set(figures["drawings_without_sentence"].values()) <= {0.0, 1.0}
    captions = Captioner.load(folder / "model").caption([picture(5_000 + seed) for seed in range(3)])
    assert all(caption.confidence.calibrated or caption.withheld for caption in captions)


def test_reliability_tells_how_what_is_rare_in_training_fares(folder, capsys):
    arguments = ["--data", str(folder / "one"), "--split", "dev", "--checkpoint", str(folder / "model")]
    assert main(["reliability", *arguments, "--drawings", "0", "--training", str(folder / "two" / "dev")]) == 0
    figures = json.loads(capsys.readouterr().out)
    groups = figures["rarest_kind_in_training_photographs"]
    assert sum(one["photographs"] for one in groups.values()) == COUNT
    assert set(groups) <= set(RARITIES)


def test_reliability_of_a_model_without_calibration_says_what_to_do(folder, tmp_path, capsys):
    tiny_checkpoint(tmp_path / "other")
    arguments = ["--data", str(folder / "one"), "--split", "dev", "--checkpoint", str(tmp_path / "other")]
    assert main(["reliability", *arguments]) == 1
    assert "calibration_unusable" in capsys.readouterr().err


def caption(sentence, **signs):
    return Caption(sentence, tuple(sentence.split()), (), 0.0, 0.0, (), "tiny-1", signs=signs)


class Seen:
    captions = ("a dog on grass",)
    objects = ("cup",)


def test_cases_are_labelled_by_what_is_there():
    captions = [caption("a dog", a=1.0, b=2.0), caption("a cat", a=3.0, b=4.0), caption("a ball", a=5.0, b=6.0)]
    cases = cases_of(captions, [Seen, Seen, Seen], "one/dev")
    assert (cases.names, cases.right.tolist()) == (("a", "b"), [1, 0, 0])
    assert cases.namings == ((Naming("dog", True),), (Naming("cat", False),), (Naming("ball", False),))
    assert cases_of(captions, [Seen] * 3, "one/dev", ("b",)).signs.tolist() == [[2], [4], [6]]


def test_cross_validation_never_asks_a_case_about_itself():
    """Signs that tell nothing, but by which each case could be known: learning by heart would look perfect."""
    rng = np.random.default_rng(0)
    right = (rng.random(60) < 0.5).astype(float)
    namings = tuple((Naming(f"thing {number % 20}", bool(one)),) for number, one in enumerate(right))
    cases = Cases(tuple("abcdefghij"), rng.normal(size=(60, 10)), namings, right, ("x",) * 60)
    by_heart = auroc(fit_right(cases).probability(cases), right)
    assert by_heart > 0.7
    assert np.mean([auroc(cross_validated(cases, seed=seed), right) for seed in range(5)]) < 0.6


def test_a_habit_of_the_model_is_learned():
    """Streets are named where there are none, and nothing else tells: the record does."""
    rng = np.random.default_rng(0)
    names = rng.choice(["street", "dog"], 400)
    right = (rng.random(400) < np.where(names == "dog", 0.9, 0.3)).astype(float)
    namings = tuple((Naming(str(name), bool(one)),) for name, one in zip(names, right, strict=True))
    cases = Cases(("noise",), rng.normal(size=(400, 1)), namings, right, ("x",) * 400)
    assert auroc(cross_validated(cases, seed=0), right) > 0.75
    calibrator = fit_right(cases)
    assert calibrator.record == Record.of(namings)
    dogs = calibrator.probability(cases)[names == "dog"]
    assert dogs.mean() == pytest.approx(0.9, abs=0.05)
