"""What the rules of alt text change, counted."""

import json

from captioner import encoders
from captioner.__main__ import main
from captioner.training.data import Example, StoredImage
from captioner.training.rules import effect_of_rules
from captioner.types import Caption
from tests.captioner.tiny import TinyEncoder, tiny_checkpoint, write_split


def caption(sentence):
    return Caption(
        sentence.capitalize() + ".", tuple(sentence.split()), (0.0,) * len(sentence.split()), 0.0, 0.0, (), "x"
    )


def example(*captions):
    return Example("x.jpg", captions, StoredImage(None, 0, 0))


def test_each_rule_is_counted_with_an_example():
    captions = [caption("a dog runs"), caption("a woman sits"), caption("a man and a dog and a dog"), caption("a boy")]
    seen = [example("a dog runs"), example("a woman sits"), example("a man with a cat"), example("a boy stands")]
    found = effect_of_rules(captions, seen, fast=True)
    assert (found["photographs"], found["changed"]) == (4, 75)
    assert found["rules"]["guard-persons"] == {"share": 75, "before": "a woman sits", "after": "a person sits"}
    assert found["rules"]["clean-repeats"]["share"] == 25
    assert found["rules"]["clean-openers"] == {"share": 0}
    assert found["as_written"]["right"] == found["after_rules"]["right"] == 75
    assert found["after_rules"]["CIDEr"] < found["as_written"]["CIDEr"], "people wrote what the rule takes back"
    assert found["after_rules"]["distinct"] == 4


def test_the_command_prints_each_split(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(encoders.ENCODERS, "tiny", TinyEncoder)
    tiny_checkpoint(tmp_path / "model")
    write_split(tmp_path / "one", "dev", 5)
    assert (
        main(["rules", "--data", str(tmp_path / "one"), "--split", "dev", "--checkpoint", str(tmp_path / "model")]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert found["one/dev"]["photographs"] == 5
    assert found["one/dev"]["rules"]["polish-sentence"]["share"] <= 100
