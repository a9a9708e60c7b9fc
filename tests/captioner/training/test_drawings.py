"""Both families of drawings: those for fitting, and those for testing, which share nothing with them."""

import hashlib
from pathlib import Path

import pytest

import captioner.training.drawings as for_fitting
import tests.captioner.drawings as for_testing
from tests.test_architecture import imports_of

COMMON = ("screenshot", "chart", "logo", "text_scan", "blank", "noise", "line_drawing")
ALL = [(family, kind) for family in (for_fitting, for_testing) for kind in family.KINDS]
MAKERS = {for_fitting: for_fitting.DRAWINGS, for_testing: for_testing.MAKERS}


def name(value):
    return getattr(value, "__name__", str(value)).split(".")[0]


@pytest.mark.parametrize(("family", "kind"), ALL, ids=name)
def test_a_kind_is_rgb_within_bounds_and_its_pictures_differ(family, kind):
    number = len(MAKERS[family][kind])
    seen = set()
    for seed in range(number):
        image = family.draw(kind, seed)
        assert image.mode == "RGB"
        assert min(image.size) >= 8
        assert 128 <= max(image.size) <= 1600
        seen.add(hashlib.sha256(image.tobytes()).digest())
    assert len(seen) >= number - 1  # a white page is like another


@pytest.mark.parametrize(("family", "kind"), ALL, ids=name)
def test_a_seed_gives_the_same_picture_again(family, kind):
    first, again = (family.draw(kind, 5) for _ in range(2))
    assert first.size == again.size
    assert first.tobytes() == again.tobytes()


@pytest.mark.parametrize(("family", "least"), [(for_fitting, 15), (for_testing, 12)], ids=name)
def test_the_common_kinds_have_many_drawings(family, least):
    for kind in COMMON:
        assert len(set(MAKERS[family][kind])) >= least, kind


def test_the_family_for_testing_uses_nothing_of_the_other():
    folder = Path(for_testing.__file__).parent
    for path in folder.glob("*.py"):
        assert not any(name.startswith("captioner") for name in imports_of(path.read_text(encoding="utf-8"))), path
