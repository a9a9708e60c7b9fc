"""Whole runs of a tiny network: that it learns, and that an interrupted run ends where an uninterrupted one does."""

import csv
import json
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file

from captioner.checkpoint import load_checkpoint, read_manifest
from captioner.errors import CheckpointError, ConfigurationError, DataError
from captioner.training import trainer as trainer_module
from captioner.training.config import Config, Data, Model, Search, Source, Stage
from captioner.training.log import read_log
from captioner.training.trainer import Trainer
from tests.captioner.tiny import TinyEncoder, write_split

DECODER_ONLY = Stage(epochs=3, batch=4, learning_rate=0.02, average=0.5)
SELF_CRITICAL = Stage(epochs=2, batch=4, learning_rate=0.01, average=0.5, loss="self_critical", samples=3)
WHOLE = Stage(epochs=2, batch=4, learning_rate=0.01, encoder_learning_rate=0.001, average=0.5, views=5, concepts=4)


def config(stages=(DECODER_ONLY, WHOLE), **changes):
    fields = {
        "name": "tiny-run",
        "data": Data(train=("set/train",), dev="set/dev", report=("set/other",), min_count=1),
        "model": Model(
            "tiny",
            "nic",
            {"embedding_size": 8, "hidden_size": 8, "dropout": 0.2},
            Source("random", "no licence needed"),
        ),
        "stages": tuple(stages),
        "search": Search(beam_size=2, max_length=6, length_penalties=(0.0, 1.0)),
    }
    return Config(**{**fields, **changes})


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Data and starting weights; no Java, which would take most of the test's time."""
    monkeypatch.setattr("captioner.training.metrics.shutil.which", lambda name: None)
    for seed, (name, count) in enumerate([("train", 12), ("dev", 4), ("other", 3)]):
        write_split(tmp_path / "data" / "set", name, count, seed)
    torch.manual_seed(5)
    save_file(TinyEncoder().state_dict(), tmp_path / "weights.safetensors")
    return tmp_path / "data"


def train(data, out, run_config=None):
    run_config = run_config or config()
    weights = data.parent / "weights.safetensors"
    return Trainer(run_config, data=data, weights=weights, out=out, device=torch.device("cpu")).run()


def log(out):
    with (out / "log.csv").open() as file:
        return list(csv.DictReader(file))


def test_a_run_leaves_a_checkpoint_a_log_and_curves(data, tmp_path):
    folder = train(data, tmp_path / "out")
    assert folder == tmp_path / "out" / "stage-2"
    manifest = load_checkpoint(folder, torch.device("cpu")).manifest
    assert set(manifest.metrics) == {"set/dev", "set/other"}
    assert manifest.metrics["set/dev"]["images"] == 4
    assert manifest.training["photographs"] == {"set/train": 12}
    assert len(manifest.training["starting_weights"]["sha256"]) == 64
    assert manifest.generation.length_penalty in (0.0, 1.0)
    assert [(line["stage"], line["epoch"]) for line in log(tmp_path / "out")] == [
        ("1", "1"), ("1", "2"), ("1", "3"), ("2", "1"), ("2", "2"),
    ]  # fmt: skip
    travels = (tmp_path / "out" / "stage-1" / "training.csv").read_text()
    assert travels and (tmp_path / "out" / "log.csv").read_text().startswith(travels)
    assert len(read_log(folder / "training.csv")) == 5
    assert (tmp_path / "out" / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_the_network_learns(data, tmp_path):
    """Where every picture has the same sentence, there is little left to be unsure of."""
    path = data / "set" / "train.jsonl"
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps({**entry, "captions": ["two dogs run"] * 5}) + "\n" for entry in entries))
    stage = Stage(epochs=10, batch=3, learning_rate=0.05, label_smoothing=0.0)
    train(data, tmp_path / "out", config([stage]))
    lines = log(tmp_path / "out")
    assert float(lines[-1]["train_loss"]) < 0.3 * float(lines[0]["train_loss"])


def encoder_of(folder):
    weights = load_file(folder / "model.safetensors")
    return {name: value for name, value in weights.items() if name.startswith("encoder.")}


def test_the_encoder_learns_in_its_own_stage_only(data, tmp_path):
    train(data, tmp_path / "out")
    start = load_file(tmp_path / "weights.safetensors")
    first, second = (encoder_of(tmp_path / "out" / f"stage-{number}") for number in (1, 2))
    assert all(torch.equal(first[f"encoder.{name}"], value.half()) for name, value in start.items())
    assert all(not torch.equal(second[name], first[name]) for name in first)


def test_a_run_can_begin_with_the_decoder_of_a_checkpoint(data, tmp_path):
    first = train(data, tmp_path / "first", config([DECODER_ONLY]))
    (tmp_path / "weights.safetensors").unlink()
    slow = Stage(epochs=1, batch=4, learning_rate=1e-9)
    begun = {}
    for name, model in [("anew", config().model), ("on", replace(config().model, starting_decoder=True))]:
        run = config([slow], model=model)
        weights = first / "model.safetensors"
        out = Trainer(run, data=data, weights=weights, out=tmp_path / name, device=torch.device("cpu")).run()
        begun[name] = load_file(out / "model.safetensors")
    expected = load_file(first / "model.safetensors")
    torch.testing.assert_close(begun["on"], expected, rtol=1e-2, atol=1e-3)
    assert not torch.allclose(begun["anew"]["decoder.words.weight"], expected["decoder.words.weight"])


@pytest.mark.parametrize(
    "changes",
    [
        {"data": Data(train=("set/train",), dev="set/dev", min_count=20)},
        {"data": Data(train=("set/train",), dev="set/dev", min_count=1, styles=("set",))},
        {"model": replace(config().model, sizes={"embedding_size": 8, "hidden_size": 9, "dropout": 0.2})},
    ],
)
def test_a_decoder_that_does_not_fit_is_refused(data, tmp_path, changes):
    weights = train(data, tmp_path / "first", config([DECODER_ONLY])) / "model.safetensors"
    run = config(**changes)
    run = replace(run, model=replace(run.model, starting_decoder=True))
    with pytest.raises(ConfigurationError, match="another architecture or vocabulary"):
        Trainer(run, data=data, weights=weights, out=tmp_path / "second", device=torch.device("cpu"))


class PowerCutError(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize(
    ("stages", "steps"),
    [
        *[((DECODER_ONLY, WHOLE), steps) for steps in (1, 6, 9, 11, 14)],
        ((WHOLE, DECODER_ONLY), 10),
        ((DECODER_ONLY, SELF_CRITICAL), 11),
    ],
)
def test_an_interrupted_run_ends_where_an_uninterrupted_one_does(data, tmp_path, monkeypatch, stages, steps):
    """Cut after so many steps, of 15: in either stage, in the middle of an epoch and at its end."""
    expected = read_manifest(train(data, tmp_path / "whole", config(stages))).sha256
    monkeypatch.setattr(trainer_module, "_SECONDS_BETWEEN_SAVES", -1)
    real = trainer_module.StageRun.train_on
    taken = []

    def cut(self, *arguments):
        if len(taken) == steps:
            raise PowerCutError
        taken.append(1)
        return real(self, *arguments)

    monkeypatch.setattr(trainer_module.StageRun, "train_on", cut)
    with pytest.raises(PowerCutError):
        train(data, tmp_path / "cut", config(stages))
    monkeypatch.setattr(trainer_module.StageRun, "train_on", real)
    assert read_manifest(train(data, tmp_path / "cut", config(stages))).sha256 == expected


def test_a_finished_run_is_not_trained_again(data, tmp_path):
    folder = train(data, tmp_path / "out")
    before, lines = read_manifest(folder).sha256, len(log(tmp_path / "out"))
    assert train(data, tmp_path / "out") == folder
    assert read_manifest(folder).sha256 == before
    assert len(log(tmp_path / "out")) == lines


def test_another_configuration_does_not_continue_an_old_run(data, tmp_path):
    train(data, tmp_path / "out")
    with pytest.raises(ConfigurationError, match="another configuration"):
        train(data, tmp_path / "out", config(seed=2))


def test_a_run_can_begin_with_the_encoder_of_a_checkpoint(data, tmp_path):
    first = train(data, tmp_path / "first", config([WHOLE]))
    (tmp_path / "weights.safetensors").write_bytes((first / "model.safetensors").read_bytes())
    second = train(data, tmp_path / "second", config([DECODER_ONLY]))
    expected, found = encoder_of(first), encoder_of(second)
    assert expected.keys() == found.keys()
    assert all(torch.equal(found[name], value) for name, value in expected.items())


def test_missing_weights_are_an_error(data, tmp_path):
    (tmp_path / "weights.safetensors").unlink()
    with pytest.raises(ConfigurationError, match=r"weights\.safetensors"):
        train(data, tmp_path / "out")


def test_weights_of_another_trunk_are_an_error(data, tmp_path):
    save_file({"x": torch.ones(1)}, tmp_path / "weights.safetensors")
    with pytest.raises(CheckpointError):
        train(data, tmp_path / "out")


def test_a_missing_split_is_an_error_before_anything_is_trained(data, tmp_path):
    (data / "set" / "dev.jsonl").unlink()
    with pytest.raises(DataError, match=r"dev\.jsonl"):
        train(data, tmp_path / "out")
    assert not (tmp_path / "out").exists()
