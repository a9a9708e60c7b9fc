"""The evidence of objects: what it holds against words, and that it can be learned and kept."""

import json
from dataclasses import replace

import pytest
import torch

from captioner.__main__ import main
from captioner.captioner import Captioner
from captioner.checkpoint import load_checkpoint, save_checkpoint
from captioner.encoders import Features
from captioner.evidence import EVIDENT_KINDS, ObjectEvidence, word_penalties
from captioner.generate import generate
from captioner.training.data import Example, StoredImage
from captioner.training.evidence import train_evidence
from captioner.vocabulary import Vocabulary
from tests.captioner.tiny import ARCHITECTURE, picture, tiny_manifest, tiny_model, write_split

VOCABULARY = Vocabulary(("a", "dog", "dogs", "man", "grass", "ball"))


def logits(**kinds):
    row = torch.full((1, 80), 5.0)
    for kind, value in kinds.items():
        row[0, EVIDENT_KINDS.index(kind.replace("_", " "))] = value
    return row


def test_words_for_what_is_not_seen_cost_their_distance_in_log_odds():
    found = word_penalties(logits(dog=-3.0, sports_ball=1.0), VOCABULARY, weight=2.0, least=0.5)
    dog, dogs, ball = VOCABULARY.ids(["dog", "dogs", "ball"])
    assert found.shape == (1, len(VOCABULARY))
    assert found[0, dog] == found[0, dogs] == -6.0
    assert found[0, ball] == 0
    assert found.sum() == -12.0


def test_people_are_never_doubted():
    assert not word_penalties(logits(person=-9.0), VOCABULARY, weight=1.0, least=0.5).any()


@torch.inference_mode()
def test_the_beam_avoids_what_is_held_against_it_for_each_picture_alone():
    model = tiny_model(seed=3, vocabulary_size=len(VOCABULARY)).eval()
    torch.manual_seed(0)
    pooled = torch.randn(1, 6).repeat(2, 1)
    features = Features(torch.zeros(2, 16, 6), pooled)
    search = {"beam_size": 3, "max_length": 4, "length_penalty": 0.0}
    free = generate(model.decoder, features, VOCABULARY, **search)
    assert free[0][0].token_ids == free[1][0].token_ids
    word = free[0][0].token_ids[0]
    penalties = torch.zeros(2, len(VOCABULARY))
    penalties[1, word] = -50.0
    bound = generate(model.decoder, features, VOCABULARY, **search, penalties=penalties)
    torch.testing.assert_close(bound[0][0].log_probability, free[0][0].log_probability)
    assert bound[0][0].token_ids == free[0][0].token_ids
    assert word not in bound[1][0].token_ids


def test_it_learns_what_the_pooled_features_and_a_single_place_show():
    torch.manual_seed(0)
    examples, grid, pooled = [], torch.randn(400, 4, 6) * 0.1, torch.randn(400, 6) * 0.1
    for number in range(400):
        dog, ball = number % 2, number // 2 % 2
        pooled[number, 0] += 3 * dog
        grid[number, number % 4, 1] += 6 * ball
        caption = " ".join(["grass"] + ["dog"] * dog + ["ball"] * ball)
        examples.append(Example(f"{number}.webp", (caption,), StoredImage("shard", 0, 0), ()))
    model = tiny_model().eval()
    often = Features(grid.half().repeat(8, 1, 1), pooled.repeat(8, 1))
    head = train_evidence(model, often, examples * 8, hidden_size=64, seed=1, learning_rate=0.02)
    with torch.inference_mode():
        found = head(grid, model.decoder.standardised(Features(grid, pooled)))
    for kind, is_there in (("dog", torch.arange(400) % 2), ("sports ball", torch.arange(400) // 2 % 2)):
        scores = found[:, EVIDENT_KINDS.index(kind)]
        assert scores[is_there == 1].mean() > scores[is_there == 0].mean() + 1


def with_evidence(folder, **generation):
    manifest = tiny_manifest(architecture=replace(ARCHITECTURE, evidence=8))
    model = tiny_model(architecture=manifest.architecture)
    changed = replace(manifest.generation, **generation)
    save_checkpoint(folder, model, replace(manifest, generation=changed))


def test_a_checkpoint_keeps_it_and_the_captioner_uses_it(tmp_path):
    with_evidence(tmp_path / "off", evidence_weight=0.0)
    with_evidence(tmp_path / "on", evidence_weight=30.0, least_evidence=0.999)
    assert isinstance(load_checkpoint(tmp_path / "on", torch.device("cpu")).model.evidence, ObjectEvidence)
    pictures = [picture(number) for number in range(12)]
    off, on = (
        [caption.tokens for caption in Captioner.load(tmp_path / name, device="cpu").caption(pictures)]
        for name in ("off", "on")
    )
    named = [sum(word in ("dog", "ball") for tokens in said for word in tokens) for said in (off, on)]
    assert named[1] < named[0]


def test_a_checkpoint_without_it_says_nothing_of_it(checkpoint):
    assert "evidence" not in json.loads((checkpoint / "manifest.json").read_text())["architecture"]


@pytest.fixture
def data(tmp_path):
    for number, name in enumerate(("train", "dev")):
        write_split(tmp_path / "set", name, 6, seed=number)
    return tmp_path / "set"


def test_the_command_adds_it_to_a_checkpoint(data, checkpoint, tmp_path, capsys):
    command = ["evidence", checkpoint, "--training", data / "train", "--report", data / "dev", "--hidden", 8]
    command += ["--features", tmp_path / "features", "--least", 0.4, "--length-penalty", 1.2]
    command += ["--out", tmp_path / "new"]
    assert main(list(map(str, command))) == 0
    assert "CHAIR-s" in capsys.readouterr().out
    new, old = (load_checkpoint(folder, torch.device("cpu")) for folder in (tmp_path / "new", checkpoint))
    assert new.manifest.generation.least_evidence == 0.4
    assert new.manifest.generation.length_penalty == 1.2
    assert new.manifest.metrics["set/dev"]["images"] == 6
    assert new.manifest.version != old.manifest.version
    assert main(list(map(str, command))) == 1, "nothing is written over"
