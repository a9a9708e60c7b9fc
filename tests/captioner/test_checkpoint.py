import json

import pytest
import torch
from safetensors.torch import load_file, save_file

from captioner.checkpoint import load_checkpoint, read_manifest, round_to_stored, save_checkpoint, write_manifest
from captioner.errors import CheckpointError
from captioner.vocabulary import Vocabulary
from tests.captioner.tiny import tiny_manifest, tiny_model

CPU = torch.device("cpu")


def change_manifest(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_saved_network_comes_back(tmp_path):
    model = tiny_model()
    saved = save_checkpoint(tmp_path, model, tiny_manifest(training={"seed": 1}, metrics={"dev": {"CIDEr": 40.5}}))
    loaded = load_checkpoint(tmp_path, CPU)
    assert loaded.manifest.to_json() == saved.to_json()
    assert not loaded.model.training
    for name, value in model.state_dict().items():
        got = loaded.model.state_dict()[name]
        assert got.dtype == torch.float32
        torch.testing.assert_close(got, value, rtol=1e-3, atol=1e-4)


def test_a_vocabulary_comes_back_with_its_styles_and_repeatable_words(tmp_path):
    vocabulary = Vocabulary(["a", "dog"], ["coco", "flickr8k"], ["a"])
    save_checkpoint(tmp_path, tiny_model(vocabulary_size=len(vocabulary)), tiny_manifest(vocabulary=vocabulary))
    loaded = load_checkpoint(tmp_path, CPU).manifest.vocabulary
    assert loaded.words == vocabulary.words
    assert loaded.styles == vocabulary.styles
    assert loaded.repeatable == vocabulary.repeatable


def test_an_older_manifest_has_no_styles_and_may_repeat_all_words(checkpoint):
    entries = json.loads((checkpoint / "manifest.json").read_text())
    del entries["styles"], entries["repeatable"]
    (checkpoint / "manifest.json").write_text(json.dumps(entries))
    vocabulary = read_manifest(checkpoint).vocabulary
    assert (vocabulary.styles, vocabulary.repeatable, vocabulary.once) == ((), None, ())


def test_weights_are_stored_in_half_precision(checkpoint):
    assert {value.dtype for value in load_file(checkpoint / "model.safetensors").values()} == {torch.float16}


def test_a_rounded_network_is_the_one_that_comes_back(tmp_path):
    model = tiny_model()
    round_to_stored(model)
    save_checkpoint(tmp_path, model, tiny_manifest())
    loaded = load_checkpoint(tmp_path, CPU).model.state_dict()
    assert all(torch.equal(value, loaded[name]) for name, value in model.state_dict().items())


def test_the_version_is_the_name_and_the_beginning_of_the_hash(checkpoint):
    manifest = read_manifest(checkpoint)
    assert manifest.version == f"tiny-{manifest.sha256[:12]}"
    assert len(manifest.sha256) == 64


def test_new_metrics_leave_the_version_alone(checkpoint):
    manifest = read_manifest(checkpoint)
    write_manifest(checkpoint, tiny_manifest(sha256=manifest.sha256, metrics={"dev": {"CIDEr": 1.0}}))
    assert read_manifest(checkpoint).version == manifest.version
    assert load_checkpoint(checkpoint, CPU).manifest.metrics == {"dev": {"CIDEr": 1.0}}


def test_changed_weights_are_refused(checkpoint):
    path = checkpoint / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(CheckpointError, match="SHA-256 differs"):
        load_checkpoint(checkpoint, CPU)


@pytest.mark.parametrize("name", ["manifest.json", "model.safetensors"])
def test_a_missing_file_is_named(checkpoint, name):
    (checkpoint / name).unlink()
    with pytest.raises(CheckpointError, match=name):
        load_checkpoint(checkpoint, CPU)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format_version": 2}, "format 1"),
        ({"surprise": 1}, "surprise"),
        ({"vocabulary": ["a", "a"]}, "distinct"),
        ({"architecture": {"encoder": "tiny", "decoder": "telepathy"}}, "telepathy"),
        ({"architecture": {"encoder": "eye", "decoder": "nic"}}, "eye"),
        ({"architecture": {"encoder": "tiny", "decoder": "nic", "sizes": {"legs": 4}}}, "legs"),
        ({"architecture": {"encoder": "tiny", "decoder": "nic", "sizes": {"hidden_size": 4}}}, "other sizes"),
        ({"generation": {"beams": 1}}, "beams"),
        ({"preprocessing": {}}, "preprocessing"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(checkpoint, changes, message):
    change_manifest(checkpoint, **changes)
    with pytest.raises(CheckpointError, match=message):
        load_checkpoint(checkpoint, CPU)


@pytest.mark.parametrize("text", ["", "{", "[]", '"manifest"', "\x00"])
def test_a_manifest_that_is_no_manifest_is_refused(checkpoint, text):
    (checkpoint / "manifest.json").write_text(text)
    with pytest.raises(CheckpointError):
        read_manifest(checkpoint)


def test_weights_of_another_network_are_refused(tmp_path):
    model = tiny_model()
    model.decoder.extra = torch.nn.Linear(1, 1)
    save_checkpoint(tmp_path, model, tiny_manifest())
    with pytest.raises(CheckpointError, match=r"decoder\.extra"):
        load_checkpoint(tmp_path, CPU)


def test_weights_that_are_not_numbers_are_refused(tmp_path):
    model = tiny_model()
    model.decoder.output.bias.data[0] = float("nan")
    save_checkpoint(tmp_path, model, tiny_manifest())
    with pytest.raises(CheckpointError, match="finite"):
        load_checkpoint(tmp_path, CPU)


def test_a_file_that_is_no_safetensors_is_refused(checkpoint):
    """Right hash, wrong content: the reader's own error is turned into ours."""
    import hashlib

    path = checkpoint / "model.safetensors"
    path.write_bytes(b"not weights")
    change_manifest(checkpoint, sha256=hashlib.sha256(b"not weights").hexdigest())
    with pytest.raises(CheckpointError, match="cannot be loaded"):
        load_checkpoint(checkpoint, CPU)


def test_weights_too_large_for_half_precision_are_found_when_loaded(tmp_path):
    model = tiny_model()
    model.decoder.output.bias.data[0] = 1e6
    save_checkpoint(tmp_path, model, tiny_manifest())
    with pytest.raises(CheckpointError, match="finite"):
        load_checkpoint(tmp_path, CPU)


def test_a_checkpoint_on_disk_is_one_manifest_and_one_weights_file(checkpoint):
    assert {path.name for path in checkpoint.iterdir()} == {"manifest.json", "model.safetensors"}
    save_file({"x": torch.ones(1)}, checkpoint / "other.safetensors")
    load_checkpoint(checkpoint, CPU)
