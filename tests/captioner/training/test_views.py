import pytest
from PIL import Image

from captioner.training.views import view
from tests.captioner.tiny import picture


def gradient(width=50, height=40):
    """A picture whose every pixel tells where it lies."""
    image = Image.new("RGB", (width, height))
    image.putdata([(x, y, 0) for y in range(height) for x in range(width)])
    return image


def test_the_first_two_views_are_the_picture_and_its_mirror_image():
    image = gradient()
    assert view(image, 0, "a").tobytes() == image.tobytes()
    mirrored = view(image, 1, "a")
    assert [mirrored.getpixel((x, 7)) for x in range(50)] == [(49 - x, 7, 0) for x in range(50)]


@pytest.mark.parametrize("number", [2, 3, 8, 9])
def test_the_others_are_cuts_of_four_fifths_or_more(number):
    for name in "abcdefgh":
        cut = view(gradient(), number, name)
        assert 40 <= cut.width <= 50
        assert 32 <= cut.height <= 40
        xs = [cut.getpixel((x, 0))[0] for x in range(cut.width)]
        step = -1 if number % 2 else 1
        assert xs == list(range(xs[0], xs[0] + step * cut.width, step))


def test_a_view_is_the_same_at_every_call_and_pictures_are_cut_in_different_ways():
    cuts = {name: view(gradient(), 2, name).tobytes() for name in "abcdefgh"}
    assert cuts == {name: view(gradient(), 2, name).tobytes() for name in "abcdefgh"}
    assert len(set(cuts.values())) > 1
    assert view(gradient(), 2, "a").tobytes() != view(gradient(), 4, "a").tobytes()


@pytest.mark.parametrize("size", [(1, 1), (1, 30), (3, 2)])
def test_the_smallest_pictures_have_views_too(size):
    assert min(view(picture(0, size), 2, "a").size) >= 1
