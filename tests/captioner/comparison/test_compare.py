"""The command as a whole, on tiny systems: two share a trunk, one has its own."""

import json
import shutil
from dataclasses import replace

import pytest
import torch

from captioner.__main__ import main
from captioner.checkpoint import load_checkpoint, save_checkpoint
from captioner.comparison import measure
from captioner.retrieval import measure as retrieval
from captioner.training.log import Epoch, write_line
from captioner.trunk import trunk_of
from tests.captioner.tiny import ATTENTION, tiny_checkpoint, tiny_manifest, tiny_model, write_split

LOG = [
    Epoch(1, 1, 60.0, 5.2, 8.0, 20.5, 4.0),
    Epoch(1, 2, 50.0, 4.8, 12.0, 30.25, 4.5),
    Epoch(1, 3, 49, 4.9, 12, 29, 4),
]


@pytest.fixture
def folders(tmp_path, capsys):
    """The checkpoints tiny, attentive (a decoder on the trunk of tiny), and other (whose encoder is its own)."""
    checkpoints = tmp_path / "checkpoints"
    tiny_checkpoint(checkpoints / "tiny")
    model = tiny_model(2, architecture=ATTENTION)
    model.encoder.load_state_dict(load_checkpoint(checkpoints / "tiny", torch.device("cpu")).model.encoder.state_dict())
    manifest = tiny_manifest(name="attentive", architecture=ATTENTION)
    save_checkpoint(checkpoints / "attentive", model, replace(manifest, trunk=trunk_of(checkpoints / "tiny")))
    save_checkpoint(checkpoints / "other", tiny_model(3), tiny_manifest(name="other"))
    for epoch in LOG:
        write_line(checkpoints / "attentive" / "training.csv", epoch)
    capsys.readouterr()  # the lines are printed too
    return [checkpoints / name for name in ("tiny", "attentive", "other")]


@pytest.fixture
def command(folders, tmp_path, monkeypatch):
    """Arguments of a full comparison; no Java, which would take most of the test's time."""
    monkeypatch.setattr("captioner.training.metrics.shutil.which", lambda name: None)
    for seed, name in enumerate(["dev", "train", "other"]):
        write_split(tmp_path / "data" / "set", name, 4, seed)
    return [
        "compare", *folders, "--data", tmp_path / "data", "--split", "set/dev", "--report", "set/other",
        "--training", "set/train", "--beams", 1, 2, "--retrieval", 2, "--whole", "tiny", "--out", tmp_path / "out",
    ]  # fmt: skip


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_everything_is_measured_and_written(capsys, command, tmp_path):
    status, out, _ = run(capsys, *command, "--json")
    assert status == 0
    comparison = json.loads(out)
    assert comparison == json.loads((tmp_path / "out" / "table.json").read_text())
    tiny, attentive, other = comparison["systems"]
    assert [system["system"] for system in comparison["systems"]] == ["tiny", "attentive", "other"]
    assert tiny["trunk"] == attentive["trunk"] != other["trunk"]
    assert attentive["paper"] == "Xu et al. 2015"
    assert (tiny["minutes"], attentive["minutes"]) == (None, 12.5)
    for system in comparison["systems"]:
        assert [row["beam"] for row in system["beams"]] == [1, 2, 3]
        assert set(system["splits"]) == {"set/dev", "set/other"}
        assert system["splits"]["set/dev"] == system["beams"][2], "the checkpoint's own beam is 3"
        assert {"perplexity", "CIDEr", "CHAIR-s", "novel", "distinct", "search_ms"} <= set(system["beams"][0])
        assert system["encode_ms"] > 0
        assert system["parameters"]["encoder"] == tiny["parameters"]["encoder"]
    assert [found["images"] for found in tiny["retrieval"]] == [2, 4]
    assert [found["images"] for found in attentive["retrieval"]] == [2]
    assert {found["precision"] for found in tiny["retrieval"]} == {"float32"}
    assert set(comparison["baselines"]["set/other"]) == {"human", "nearest_neighbour"}
    assert (tmp_path / "out" / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_the_figures_are_those_of_evaluate(capsys, command, folders, tmp_path):
    comparison = json.loads(run(capsys, *command, "--json")[1])
    for folder, system in zip(folders, comparison["systems"], strict=True):
        evaluate = ["evaluate", "--data", tmp_path / "data" / "set", "--split", "dev", "--checkpoint", folder]
        rows = json.loads(run(capsys, *evaluate, "--beam", 1, 3, "--json")[1])
        compared = {row["beam"]: row for row in system["beams"]}
        for row in rows:
            for name in ("BLEU-4", "CIDEr", "CHAIR-s", "distinct"):
                assert compared[row["beam"]][name] == row[name]
            assert compared[row["beam"]]["perplexity"] == pytest.approx(row["perplexity"], rel=0.01)


def test_the_table_has_every_system_and_baseline(capsys, command, tmp_path):
    _, out, _ = run(capsys, *command)
    assert (tmp_path / "out" / "table.md").read_text() == out.removesuffix("\n")
    sections = {part.split("\n")[0]: part for part in out.split("### ")[1:]}
    assert list(sections) == [
        "The systems", "Sentences about set/dev", "Sentences about set/other",
        "CIDEr by beam, set/dev", "BLEU-4 by beam, set/dev",
        "Milliseconds from features to sentence by beam, set/dev", "Retrieval on set/dev", "Course of training",
    ]  # fmt: skip
    for title, part in sections.items():
        rows = [line for line in part.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in rows}) == 1, "a Markdown table has equally many cells in each row"
        first = [line.split("|")[1].strip() for line in rows[2:]]
        if title.startswith("Sentences"):
            expected = ["tiny", "attentive", "other", "people, each caption against the others"]
            assert first == [*expected, "nearest training photograph"]
        elif title == "Retrieval on set/dev":
            assert first == ["tiny", "tiny", "attentive", "other"]
        elif title == "Course of training":
            assert first == ["attentive"]
        else:
            assert first == ["tiny", "attentive", "other"]
    assert "| 30.2 after 8 minutes | 4.80 | 4.90 | 20.5, 30.2, 29.0 |" in sections["Course of training"]
    assert "](curves.png)" in sections["Course of training"]


class PowerCutError(Exception):
    """Stands for a power cut."""


def test_an_interrupted_comparison_goes_on_where_it_stopped(capsys, command, tmp_path, monkeypatch):
    results = tmp_path / "out" / "results"
    real = measure.measure_retrieval

    def cut(*arguments):
        raise PowerCutError

    monkeypatch.setattr(measure, "measure_retrieval", cut)
    with pytest.raises(PowerCutError):
        main([str(argument) for argument in command])
    monkeypatch.setattr(measure, "measure_retrieval", real)
    kept = {path.name: path.stat().st_mtime_ns for path in results.iterdir()}
    assert sorted(name.split("-")[0] for name in kept) == [*["sentences"] * 3, "sizes", "timing"]
    marked = next(path for path in results.iterdir() if path.name.startswith("sizes"))
    entry = json.loads(marked.read_text())
    marked.write_text(json.dumps({**entry, "result": {**entry["result"], "parameters": {"encoder": 5, "decoder": 6}}}))
    kept[marked.name] = marked.stat().st_mtime_ns
    comparison = json.loads(run(capsys, *command, "--json")[1])
    assert comparison["systems"][0]["parameters"] == {"encoder": 5, "decoder": 6}, "it was not measured again"
    assert all((results / name).stat().st_mtime_ns == time for name, time in kept.items())


def test_an_interrupted_retrieval_goes_on_where_it_stopped(capsys, command, tmp_path, monkeypatch):
    expected = json.loads(run(capsys, *command, "--json")[1])["systems"]
    results = tmp_path / "out" / "results"
    for path in results.glob("retrieval-*"):
        path.unlink()
    scored = []
    real = retrieval.log_likelihoods

    def cut_the_third(decoder, features, *more):
        if len(scored) == 2:
            raise PowerCutError
        scored.append(len(features.pooled))
        return real(decoder, features, *more)

    monkeypatch.setattr(retrieval, "_PICTURES_IN_A_PART", 1)
    monkeypatch.setattr(retrieval, "log_likelihoods", cut_the_third)
    with pytest.raises(PowerCutError):
        main([str(argument) for argument in command])
    (parts,) = results.glob("retrieval-*.parts")
    assert sorted(path.name for path in parts.iterdir()) == ["set-dev-0.safetensors", "set-dev-1.safetensors"]

    monkeypatch.setattr(retrieval, "log_likelihoods", lambda *arguments: scored.append(0) or real(*arguments))
    found = json.loads(run(capsys, *command, "--json")[1])["systems"]
    assert [system["retrieval"] for system in found] == [system["retrieval"] for system in expected]
    pictures = {"two of each system": 3 * 2, "all of one": 4, "for the priors, each time": 4 * 4}
    assert len(scored) == sum(pictures.values()), "none was scored twice"
    assert not list(results.glob("*.parts"))


def test_retrieval_in_another_precision_is_another_result(capsys, command):
    exact = json.loads(run(capsys, *command, "--json")[1])["systems"]
    coarse = json.loads(run(capsys, *command, "--retrieval-precision", "bfloat16", "--json")[1])["systems"]
    assert {found["precision"] for system in coarse for found in system["retrieval"]} == {"bfloat16"}
    assert [system["beams"] for system in coarse] == [system["beams"] for system in exact]
    assert "matrix products in bfloat16" in run(capsys, *command, "--retrieval-precision", "bfloat16")[1]


def test_a_second_run_measures_nothing_and_says_the_same(capsys, command, folders, tmp_path):
    first = run(capsys, *command)[1]
    for folder in folders:  # nothing is loaded but what tells the versions
        if folder.name == "attentive":
            (folder / "model.safetensors").unlink()
    shutil.rmtree(tmp_path / "out" / "features")
    assert run(capsys, *command)[1] == first
    assert not (tmp_path / "out" / "features").exists()


def test_a_changed_system_is_measured_again_and_no_other(capsys, command, folders, tmp_path):
    before = json.loads(run(capsys, *command, "--json")[1])
    save_checkpoint(folders[2], tiny_model(9), tiny_manifest(name="other"))
    after = json.loads(run(capsys, *command, "--json")[1])
    assert after["systems"][:2] == before["systems"][:2]
    assert after["systems"][2]["checkpoint"] != before["systems"][2]["checkpoint"]
    assert after["systems"][2]["beams"] != before["systems"][2]["beams"]


def test_a_changed_split_is_measured_again(capsys, command, tmp_path):
    before = json.loads(run(capsys, *command, "--json")[1])
    path = tmp_path / "data" / "set" / "dev.jsonl"
    path.write_text(path.read_text().replace("grass", "green hills"))
    after = json.loads(run(capsys, *command, "--json")[1])
    assert after["baselines"]["set/dev"] != before["baselines"]["set/dev"]
    assert after["baselines"]["set/other"] == before["baselines"]["set/other"]


def test_pictures_are_encoded_once_for_each_trunk(capsys, command, tmp_path):
    run(capsys, *command)
    assert len(list((tmp_path / "out" / "features").iterdir())) == 2


def test_a_prior_is_of_the_same_data_set(capsys, command, tmp_path):
    write_split(tmp_path / "data" / "elsewhere", "train", 3, seed=5)
    place = command.index("--training") + 1
    both = [*command[:place], "elsewhere/train", *command[place:]]
    for arguments, expected in (
        (both, "4 pictures of set/train"),
        (both[: place + 1] + both[place + 2 :], "elsewhere"),
    ):
        comparison = json.loads(run(capsys, *arguments, "--json")[1])
        assert all(expected in found["prior"] for system in comparison["systems"] for found in system["retrieval"])


def test_without_logs_beams_retrieval_and_training_little_is_left(capsys, command, folders, tmp_path):
    status, out, _ = run(capsys, *command[:1], folders[0], *command[4:8], "--out", tmp_path / "small")
    assert status == 0
    titles = [line for line in out.splitlines() if line.startswith("### ")]
    assert titles == ["### The systems", "### Sentences about set/dev"]
    assert not (tmp_path / "small" / "curves.png").exists()
    assert "nearest training photograph" not in out


def test_systems_of_one_name_are_told_apart(capsys, command, folders, tmp_path):
    tiny_checkpoint(tmp_path / "again", seed=7)
    few = [*command[4:8], "--out", tmp_path / "small", "--json"]
    comparison = json.loads(run(capsys, "compare", folders[0], tmp_path / "again", *few)[1])
    for system in comparison["systems"]:
        assert system["system"] == system["checkpoint"]
    status, _, err = run(capsys, "compare", folders[0], folders[0], *few)
    assert status == 1
    assert "named twice" in err


def test_an_unknown_system_is_named(capsys, command):
    status, _, err = run(capsys, *command, "--whole", "nobody")
    assert status == 1
    assert "There are: tiny, attentive, other." in err
