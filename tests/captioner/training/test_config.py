from pathlib import Path

import pytest

from captioner.decoders import DECODERS
from captioner.errors import ConfigurationError
from captioner.training.config import read_config

SHIPPED = Path(__file__).parents[3] / "configs"

SMALL = """
name = "small"
[data]
train = ["set/train"]
dev = "set/dev"
[model]
encoder = "tiny"
decoder = "nic"
sizes = { hidden_size = 8, dropout = 0.5 }
starting_weights = { name = "random", licence = "none" }
[[stages]]
epochs = 1
batch = 2
learning_rate = 1
"""


def read(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text)
    return read_config(path)


def test_a_configuration_is_read_with_its_defaults(tmp_path):
    config = read(tmp_path, SMALL)
    assert config.data.train == ("set/train",)
    assert config.data.min_count == 4
    assert config.model.sizes == {"hidden_size": 8, "dropout": 0.5}
    assert config.stages[0].encoder_learning_rate == 0.0
    assert config.stages[0].learning_rate == 1.0
    assert isinstance(config.stages[0].learning_rate, float)


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.toml")), ids=lambda path: path.name)
def test_shipped_configurations_are_valid(path):
    config = read_config(path)
    assert config.model.decoder in DECODERS
    assert config.data.dev not in config.data.train
    assert not set(config.data.report) & set(config.data.train)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('name = "small"', "", "'name' is missing"),
        ('name = "small"', 'name = "small"\nmood = "good"', "'mood' is unknown"),
        ("epochs = 1", "epochs = 1\nepoch = 1", "'epoch' is unknown"),
        ("epochs = 1", 'epochs = 1\nprecision = "float8"', "'float8' is unknown. Choose: float32, bfloat16"),
        ("epochs = 1", 'epochs = "many"', "epochs should be of type int"),
        ("epochs = 1", "epochs = true", "epochs should be of type int"),
        ("epochs = 1", "epochs = 0", "1 or more epochs"),
        ("epochs = 1", 'epochs = 1\nloss = "hinge"', "Choose: cross_entropy, self_critical"),
        ("epochs = 1", "epochs = 1\nsamples = 1", "At least 2 samples"),
        ("epochs = 1", "epochs = 1\nviews = 0", "at least 1 view"),
        ("epochs = 1", "epochs = 1\nconcepts = 9", "Concepts teach the encoder"),
        ("epochs = 1", "epochs = 1\nlikelihood = 0.1", "belongs to self-critical stages"),
        ("epochs = 1", 'epochs = 1\nloss = "self_critical"\nattention_penalty = 1.0', "needs a cross-entropy"),
        ("learning_rate = 1", "learning_rate = 0", "rates above 0"),
        ('dev = "set/dev"', "dev = 3", "dev should be of type str"),
        ('train = ["set/train"]', 'train = "set/train"', "train should be of type tuple"),
        ('train = ["set/train"]', "train = []", "one training split"),
        ("[[stages]]", "[search]\nlength_penalties = []\n[[stages]]", "one length penalty"),
        ("hidden_size = 8", 'hidden_size = "8"', "hidden_size should be of type int or float"),
        ("[data]", "[data", "not TOML"),
        ("[[stages]]", "[stages]", "stages should be of type tuple"),
    ],
)
def test_a_mistake_is_named(tmp_path, before, after, message):
    assert before in SMALL
    with pytest.raises(ConfigurationError, match=message):
        read(tmp_path, SMALL.replace(before, after))


def test_values_can_be_changed(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    changes = ["stages.0.label_smoothing=0.0", 'data.train = ["other/train"]', "search.beam_size=3", 'name="b"']
    config = read_config(path, changes)
    assert config.stages[0].label_smoothing == 0.0
    assert config.data.train == ("other/train",)
    assert config.search.beam_size == 3
    assert config.name == "b"


@pytest.mark.parametrize("change", ["stages.9.epochs=1", "stages.a.epochs=1", "name=small", "name", "name.a=1", "="])
def test_a_change_that_cannot_be_made_is_an_error(tmp_path, change):
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"cannot be made|is unknown"):
        read_config(path, [change])


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_config(tmp_path / "none.toml")
