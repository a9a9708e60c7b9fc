import json

import pytest

from captioner.errors import DataError
from captioner.training.data import read_split
from tests.captioner.tiny import picture, write_split


def test_a_split_is_read_in_its_order_from_all_tars(tmp_path):
    entries = write_split(tmp_path / "set", "train", 5)
    split = read_split(tmp_path / "set", "train")
    assert split.name == "set/train"
    assert split.source == "set"
    assert {example.source for example in split.examples} == {"set"}
    assert [example.name for example in split.examples] == [entry["image"] for entry in entries]
    assert [list(example.captions) for example in split.examples] == [entry["captions"] for entry in entries]
    for number, example in enumerate(split.examples):
        assert example.stored.open().size == picture(number).size


def test_pictures_can_be_read_in_any_order(tmp_path):
    write_split(tmp_path, "dev", 4)
    examples = read_split(tmp_path, "dev").examples
    forwards = [example.stored.open().tobytes() for example in examples]
    backwards = [example.stored.open().tobytes() for example in reversed(examples)]
    assert forwards == backwards[::-1]
    assert len(set(forwards)) == 4


def test_the_kinds_of_objects_with_boxes_are_read(tmp_path):
    write_split(tmp_path, "dev", 2)
    boxes = [["kite", 0, 0, 0.5, 1], ["dog", 0.1, 0.1, 0.2, 0.9], ["kite", 0, 0, 1, 1]]
    with (tmp_path / "dev.jsonl").open("a") as file:
        file.write(json.dumps({"image": "dev0.webp", "captions": ["A dog."], "boxes": boxes}) + "\n")
    assert [example.objects for example in read_split(tmp_path, "dev").examples] == [(), (), ("dog", "kite")]


def test_a_missing_list_is_named(tmp_path):
    with pytest.raises(DataError, match=r"no .*test\.jsonl"):
        read_split(tmp_path, "test")


def test_missing_tars_are_named(tmp_path):
    write_split(tmp_path, "dev", 2)
    for tar in tmp_path.glob("*.tar"):
        tar.unlink()
    with pytest.raises(DataError, match=r"dev-00\.tar"):
        read_split(tmp_path, "dev")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 3: this is not JSON"),
        ('{"image": "dev0.webp"}', "line 3: an object"),
        ('{"image": "dev0.webp", "captions": []}', "line 3: an object"),
        ('{"image": "dev0.webp", "captions": "A dog."}', "line 3: an object"),
        ('{"image": "dev0.webp", "captions": [" "]}', "line 3: an object"),
        ('{"image": "dev0.webp", "captions": [7]}', "line 3: an object"),
        ('{"image": 7, "captions": ["A dog."]}', "line 3: an object"),
        ("[]", "line 3: an object"),
        ('{"image": "dev0.webp", "captions": ["A dog."], "boxes": {}}', "line 3: .boxes. must be a list"),
        ('{"image": "dev0.webp", "captions": ["A dog."], "boxes": [["dog", 0, 0, 1]]}', "line 3: .boxes. must be"),
        ('{"image": "dev0.webp", "captions": ["A dog."], "boxes": [["dog", 0, 0, 1, "1"]]}', "line 3: .boxes. must be"),
        ('{"image": "lost.webp", "captions": ["A dog."]}', r"lost\.webp is in none of the tars"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, message):
    write_split(tmp_path, "dev", 2)
    with (tmp_path / "dev.jsonl").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(DataError, match=message):
        read_split(tmp_path, "dev")


def test_empty_lines_do_no_harm(tmp_path):
    write_split(tmp_path, "dev", 2)
    with (tmp_path / "dev.jsonl").open("a") as file:
        file.write("\n  \n")
    assert len(read_split(tmp_path, "dev")) == 2


def test_an_empty_list_is_refused(tmp_path):
    write_split(tmp_path, "dev", 2)
    (tmp_path / "dev.jsonl").write_text("")
    with pytest.raises(DataError, match="lists no pictures"):
        read_split(tmp_path, "dev")


def test_text_that_is_not_utf_8_is_refused(tmp_path):
    write_split(tmp_path, "dev", 2)
    (tmp_path / "dev.jsonl").write_bytes(json.dumps({"image": "dev0.webp", "captions": ["x"]}).encode() + b"\xff\n")
    with pytest.raises(DataError, match="UTF-8"):
        read_split(tmp_path, "dev")


def test_a_broken_tar_is_named(tmp_path):
    write_split(tmp_path, "dev", 2)
    (tmp_path / "dev-01.tar").write_bytes(b"not a tar" * 200)
    with pytest.raises(DataError, match=r"dev-01\.tar"):
        read_split(tmp_path, "dev")


def test_a_broken_picture_is_an_error_when_it_is_opened(tmp_path):
    write_split(tmp_path, "dev", 1)
    (example,) = read_split(tmp_path, "dev").examples
    data = bytearray(example.stored.shard.read_bytes())
    data[example.stored.offset : example.stored.offset + example.stored.size] = b"x" * example.stored.size
    example.stored.shard.write_bytes(data)
    with pytest.raises(DataError, match="bad"):
        example.stored.open()
