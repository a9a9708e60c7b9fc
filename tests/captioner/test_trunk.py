"""Checkpoints that hold a decoder and name the encoder of another."""

import json
import shutil
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file

from captioner.__main__ import main
from captioner.captioner import Captioner
from captioner.checkpoint import load_checkpoint, read_manifest, save_checkpoint
from captioner.errors import CheckpointError
from captioner.trunk import Trunk, encoder_digest, read_encoder, trunk_of
from tests.captioner.tiny import ATTENTION, picture, tiny_checkpoint, tiny_manifest, tiny_model

CPU = torch.device("cpu")


@pytest.fixture
def trunk(tmp_path):
    """A whole checkpoint."""
    tiny_checkpoint(tmp_path / "whole", seed=1)
    return tmp_path / "whole"


@pytest.fixture
def other(trunk, tmp_path):
    """A whole checkpoint of another decoder on the same encoder, elsewhere."""
    model = tiny_model(2, architecture=ATTENTION)
    model.encoder.load_state_dict(load_checkpoint(trunk, CPU).model.encoder.state_dict())
    save_checkpoint(tmp_path / "run" / "stage-1", model, tiny_manifest(name="attentive", architecture=ATTENTION))
    return tmp_path / "run" / "stage-1"


@pytest.fixture
def split(trunk, other):
    assert main(["split-trunk", str(other), "--trunk", str(trunk), "--name", "attentive"]) == 0
    return trunk.parent / "attentive"


def change_trunk(folder, **changes):
    path = folder / "manifest.json"
    entries = json.loads(path.read_text())
    path.write_text(json.dumps({**entries, "trunk": {**entries["trunk"], **changes}}))


def test_a_split_checkpoint_is_the_whole_one_without_its_encoder(split, other, trunk):
    stored = load_file(split / "model.safetensors")
    assert stored
    assert all(name.startswith("decoder.") for name in stored)
    expected, found = (load_checkpoint(folder, CPU).model.state_dict() for folder in (other, split))
    assert all(torch.equal(found[name], value) for name, value in expected.items())
    assert read_manifest(split).trunk == trunk_of(trunk)
    assert (split / "model.safetensors").stat().st_size < (other / "model.safetensors").stat().st_size


def test_it_captions_as_the_whole_one_does(split, other):
    pictures = [picture(seed) for seed in range(3)]
    whole, apart = (Captioner.load(folder).caption(pictures) for folder in (other, split))
    assert [replace(caption, model="") for caption in apart] == [replace(caption, model="") for caption in whole]


def test_the_command_tells_both_sizes_and_takes_the_log_along(capsys, trunk, other):
    (other / "training.csv").write_text("the log")
    assert main(["split-trunk", str(other), "--trunk", str(trunk), "--name", "attentive"]) == 0
    assert (trunk.parent / "attentive" / "training.csv").read_text() == "the log"
    out = capsys.readouterr().out
    assert out.startswith(str(trunk.parent / "attentive"))
    assert out.count(" MB") == 2


@pytest.mark.parametrize("name", ["whole", "../elsewhere", "/elsewhere"])
def test_nothing_is_overwritten_and_nothing_written_elsewhere(capsys, trunk, other, name):
    assert main(["split-trunk", str(other), "--trunk", str(trunk), "--name", name]) == 1
    assert "Choose another --name" in capsys.readouterr().err
    assert not (trunk.parent.parent / "elsewhere").exists()


def test_another_encoder_is_not_split_off(capsys, trunk, other):
    tiny_checkpoint(trunk, seed=3)
    assert main(["split-trunk", str(other), "--trunk", str(trunk), "--name", "attentive"]) == 1
    assert "store it whole" in capsys.readouterr().err
    assert not (trunk.parent / "attentive").exists()


def test_the_version_tells_the_trunk_too(split):
    before = read_manifest(split)
    assert before.version != f"attentive-{before.sha256[:12]}"
    change_trunk(split, sha256="0" * 64)
    assert read_manifest(split).version != before.version


def test_a_whole_checkpoints_manifest_does_not_speak_of_trunks(trunk):
    """So that versions that do not know of them can read it."""
    assert "trunk" not in json.loads((trunk / "manifest.json").read_text())


def test_another_decoder_in_the_trunks_checkpoint_is_no_matter(split, trunk):
    model = load_checkpoint(trunk, CPU).model
    with torch.no_grad():
        model.decoder.output.bias += 1
    save_checkpoint(trunk, model, tiny_manifest())
    load_checkpoint(split, CPU)


def test_another_encoder_is_refused(split, trunk):
    tiny_checkpoint(trunk, seed=3)
    with pytest.raises(CheckpointError, match=r"not the one that .* was trained on"):
        load_checkpoint(split, CPU)


def test_a_changed_byte_in_the_encoder_is_found(split, trunk):
    path = trunk / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1  # tensors lie in the order of their names: the last is the encoder's
    path.write_bytes(data)
    with pytest.raises(CheckpointError, match="SHA-256 differs"):
        load_checkpoint(split, CPU)


@pytest.mark.parametrize("what", ["folder", "weights", "empty"])
def test_a_missing_trunk_is_named(split, trunk, what):
    if what == "folder":
        shutil.rmtree(trunk)
    elif what == "weights":
        (trunk / "model.safetensors").unlink()
    else:
        (trunk / "model.safetensors").write_bytes(b"")
    with pytest.raises(CheckpointError, match=r"whole/model\.safetensors cannot be read"):
        load_checkpoint(split, CPU)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../whole", "../../whole", "a/b", "/etc", "..\\whole", "x\0y", 5, None, ["whole"]]
)
def test_a_trunk_is_one_folder_beside_the_checkpoint(split, name):
    change_trunk(split, checkpoint=name)
    with pytest.raises(CheckpointError, match="manifest"):
        load_checkpoint(split, CPU)


def test_a_link_out_of_the_folder_of_checkpoints_is_refused(split, trunk, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    trunk.rename(tmp_path / "elsewhere" / "whole")
    trunk.symlink_to(tmp_path / "elsewhere" / "whole")
    with pytest.raises(CheckpointError, match="leads out"):
        load_checkpoint(split, CPU)


def test_a_link_to_the_checkpoint_finds_the_trunk_beside_the_real_one(split, tmp_path):
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "current").symlink_to(split)
    load_checkpoint(tmp_path / "links" / "current", CPU)


def test_a_trunk_without_an_encoder_is_refused(split):
    change_trunk(split, checkpoint="attentive")
    with pytest.raises(CheckpointError, match="holds no encoder"):
        load_checkpoint(split, CPU)


def test_a_checkpoint_with_an_encoder_and_a_trunk_is_refused(trunk, other, tmp_path):
    whole = tmp_path / "both"
    shutil.copytree(other, whole)
    entries = json.loads((whole / "manifest.json").read_text())
    (whole / "manifest.json").write_text(json.dumps({**entries, "trunk": trunk_of(trunk).to_json()}))
    with pytest.raises(CheckpointError, match="holds an encoder and names another"):
        load_checkpoint(whole, CPU)


def test_a_trunk_needs_both_entries(split):
    path = split / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "trunk": {"checkpoint": "whole"}}))
    with pytest.raises(CheckpointError, match="manifest cannot be read"):
        load_checkpoint(split, CPU)


def test_the_digest_knows_names_shapes_and_stored_values(trunk):
    weights = read_encoder(trunk)
    digest = encoder_digest(weights)
    assert digest == encoder_digest(dict(reversed(weights.items())))
    assert digest == encoder_digest({name: value.float() for name, value in weights.items()}), "as a network has them"
    assert digest == encoder_digest({**weights, "norm.num_batches_tracked": torch.tensor(7)}), "it is not stored"
    name, value = next((name, value) for name, value in weights.items() if value.dim() > 1)
    changed = value.clone()
    changed.view(-1)[0] += 1
    others = [{**weights, name: value.transpose(0, 1)}, {**weights, name: changed}, {**weights, "other": value}]
    assert digest not in map(encoder_digest, others)
    assert Trunk("whole", digest) == trunk_of(trunk)
