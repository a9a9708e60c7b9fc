"""The gallery of what the model would say of drawings."""

import pytest
from PIL import Image

from captioner import encoders
from captioner.__main__ import main
from captioner.bands import Band, Withheld
from captioner.training.drawings import KINDS
from captioner.training.gallery import GALLERY, Exhibit, sheet, table
from captioner.types import Caption, Confidence
from tests.captioner.tiny import TinyEncoder, tiny_checkpoint


def exhibit(withheld):
    confidence = Confidence(0.8, Band.LIKELY, calibrated=True)
    caption = Caption("A dog.", ("a", "dog"), (), 0.0, 0.0, (), "x", confidence=confidence, withheld=withheld)
    return Exhibit("line_drawing", Image.new("RGB", (300, 100), "red"), caption)


def test_the_table_tells_what_is_withheld_and_what_is_not():
    rows = table([exhibit(Withheld.NOT_A_PHOTOGRAPH), exhibit(None)]).splitlines()[2:]
    assert rows == [
        "| line drawing | A dog. | withheld: `not_a_photograph` |",
        "| line drawing | A dog. | shown as likely |",
    ]


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (5, 1), (6, 2)])
def test_the_sheet_has_room_for_all(count, rows):
    one, page = (sheet([exhibit(None)] * number) for number in (1, count))
    assert page.width == one.width
    assert page.height - 10 == rows * (one.height - 10)
    assert (255, 0, 0) in {colour for _, colour in page.getcolors(10_000)}


def test_the_command_draws_one_of_each_kind(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(encoders.ENCODERS, "tiny", TinyEncoder)
    tiny_checkpoint(tmp_path / "model")
    assert main(["gallery", "--checkpoint", str(tmp_path / "model"), "--out", str(tmp_path / "out")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(KINDS) + 2
    with Image.open(tmp_path / "out" / GALLERY) as page:
        assert page.format == "PNG"
