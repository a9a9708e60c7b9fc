"""Untrusted files: every bad one is refused with its code, every good one gives the right pixels."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from captioner import images
from captioner.errors import CaptionerError
from captioner.images import ImageError, Limits, file_too_large, inspect_image, open_image, reencode, to_rgb
from tests.captioner.bad_files import (
    BAD_FILES,
    BLUE,
    GOOD_FILES,
    GREEN,
    HEIGHT,
    RED,
    WIDTH,
    YELLOW,
    corners,
    oriented,
    ramp,
    save,
    with_metadata,
)

pytestmark = pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
HEADER_TELLS = {
    "empty_file",
    "file_too_large",
    "unsupported_type",
    "not_an_image",
    "image_too_many_pixels",
    "image_too_small",
    "image_too_large_side",
    "image_ratio",
}


def close(found: tuple[int, ...], expected: tuple[int, ...], tolerance: int = 24) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(found, expected, strict=True))


def corner_colours(image: Image.Image) -> list[tuple[int, ...]]:
    """Top left, top right, bottom left, bottom right; 5 pixels from the edges."""
    right, bottom = image.width - 6, image.height - 6
    return [image.getpixel(place) for place in ((5, 5), (right, 5), (5, bottom), (right, bottom))]


# Refusals


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_refused_with_their_code_and_a_sentence(name: str) -> None:
    data, code = BAD_FILES[name]
    with pytest.raises(ImageError) as caught:
        open_image(data)
    assert caught.value.code == code
    assert isinstance(caught.value, CaptionerError)
    assert caught.value.message == str(caught.value)
    sentences = caught.value.message.removesuffix(".").split(". ")
    assert len(sentences) >= 2, "one sentence for what is wrong, one for what to do"


@pytest.mark.parametrize("name", [name for name in BAD_FILES if BAD_FILES[name][1] in HEADER_TELLS])
def test_the_header_alone_tells_most_bad_files(name: str) -> None:
    data, code = BAD_FILES[name]
    with pytest.raises(ImageError) as caught:
        inspect_image(data)
    assert caught.value.code == code


@pytest.mark.parametrize("read", [inspect_image, open_image])
@pytest.mark.parametrize("name", ["bomb.png", "bomb.gif", "bomb-frame.gif", "bomb.webp", "long-side.png"])
def test_too_large_pictures_are_refused_before_anything_is_decoded(
    name: str, read: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(self: ImageFile.ImageFile) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    data, code = BAD_FILES[name]
    assert len(data) < 50_000
    with pytest.raises(ImageError) as caught:
        read(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("too-large.jpg", "The file is 10.1 MB; the limit is 10 MB."),
        ("bomb.png", "20,000 x 20,000 pixels, 400.0 megapixels; the limit is 40 megapixels."),
        ("tiny.png", "1 x 1 pixels; each side needs at least 8."),
        ("ruler.png", "600 x 10 pixels; one side may be at most 50 times the other."),
        ("long-side.png", "30,000 x 700 pixels; a side may have at most 20,000."),
        ("iphone.heic", "Most Compatible"),
        ("drawing.svg", "an SVG drawing"),
        ("document.pdf", "a PDF document"),
        ("scan.tiff", "a TIFF image"),
        ("bitmap.bmp", "a BMP image"),
        ("video.mp4", "a video"),
        ("page.png", "a web page"),
        ("text.jpg", "The file is text"),
        ("truncated.jpg", "cut short"),
    ],
)
def test_the_message_names_what_is_wrong(name: str, words: str) -> None:
    with pytest.raises(ImageError) as caught:
        open_image(BAD_FILES[name][0])
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("start", "code", "words"),
    [
        (b"RIFF\x00\x00\x00\x00AVI LIST", "unsupported_type", "a video"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "not_an_image", "not a picture of a known type"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "unsupported_type", "a video"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "unsupported_type", "a HEIC photo"),
        (b"\xff\x0a", "unsupported_type", "a JPEG XL image"),
        (b"8BPS\x00\x01", "unsupported_type", "a Photoshop document"),
        (b"<!-- drawn by hand -->\n<SVG>", "unsupported_type", "an SVG drawing"),
        ("caf\u00e9 ".encode() * 300, "not_an_image", "The file is text"),
        (b"x" + "\u00e9".encode() * 800, "not_an_image", "The file is text"),
        ("caf\u00e9 ".encode("latin-1") * 300, "not_an_image", "not a picture of a known type"),
    ],
)
def test_files_are_known_by_their_first_bytes(start: bytes, code: str, words: str) -> None:
    with pytest.raises(ImageError) as caught:
        inspect_image(start)
    assert caught.value.code == code
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(max_bytes=100), "file_too_large"),
        (Limits(max_pixels=WIDTH * HEIGHT - 1), "image_too_many_pixels"),
        (Limits(max_side=WIDTH - 1), "image_too_large_side"),
        (Limits(min_side=HEIGHT + 1), "image_too_small"),
        (Limits(max_ratio=1.3), "image_ratio"),
    ],
)
def test_limits_can_be_set_and_hold_to_the_pixel(limits: Limits, code: str) -> None:
    data = GOOD_FILES["graphic.png"]
    with pytest.raises(ImageError) as caught:
        inspect_image(data, limits)
    assert caught.value.code == code
    at_the_limit = Limits(len(data), WIDTH * HEIGHT, WIDTH, HEIGHT, WIDTH / HEIGHT)
    assert inspect_image(data, at_the_limit).width == WIDTH


@pytest.mark.parametrize(
    ("size", "limit", "words"),
    [
        (10_000_001, 10_000_000, "is 10.1 MB; the limit is 10 MB."),
        (10_060_000, 10_050_000, "is 10.1 MB; the limit is 10 MB."),
        (1_000_000, 999_999, "is 1 MB; the limit is 999 kB."),
        (1001, 1000, "is 2 kB; the limit is 1 kB."),
        (1000, 999, "is 1 kB; the limit is 999 bytes."),
    ],
)
def test_a_file_is_never_as_large_as_a_limit_that_it_exceeds(size: int, limit: int, words: str) -> None:
    assert words in file_too_large(size, limit).message


@pytest.mark.parametrize("error", [MemoryError, type("TimeLimitExceeded", (Exception,), {})])
@pytest.mark.parametrize(
    ("read", "step"), [(inspect_image, "_frames"), (open_image, "to_rgb"), (open_image, "_upright")]
)
def test_what_the_machine_cannot_do_is_not_blamed_on_the_file(
    read: object, step: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object) -> None:
        raise error

    monkeypatch.setattr(images, step, interrupted)
    with pytest.raises(error):
        read(GOOD_FILES["photo.jpg"])


@pytest.mark.parametrize("error", [MemoryError, type("TimeLimitExceeded", (Exception,), {})])
def test_nor_is_it_taken_for_bad_exif(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise error

    monkeypatch.setattr(Image.Exif, "load", interrupted)
    with pytest.raises(error):
        open_image(oriented(6))


def test_where_pillow_has_no_avif_the_file_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(images._DECODERS, "AVIF", raising=False)
    with pytest.raises(ImageError, match="AVIF") as caught:
        inspect_image(b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + b"\x00" * 50)
    assert caught.value.code == "unsupported_type"


# Headers


@pytest.mark.parametrize("name", GOOD_FILES)
def test_headers_say_format_size_and_frames(name: str) -> None:
    header = inspect_image(GOOD_FILES[name])
    suffix = name.rpartition(".")[2]
    assert header.mime == f"image/{ {'jpg': 'jpeg', 'mpo': 'jpeg'}.get(suffix, suffix) }"
    assert header.format == {"jpg": "JPEG", "mpo": "JPEG"}.get(suffix, suffix.upper())
    with Image.open(io.BytesIO(GOOD_FILES[name])) as opened:
        assert (header.width, header.height) == opened.size
    assert (header.frames > 1) == name.startswith("animated")


@pytest.mark.parametrize("name", GOOD_FILES)
def test_headers_are_read_without_decoding(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = GOOD_FILES[name]

    def decode(self: ImageFile.ImageFile) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    inspect_image(data)


# Pixels


@pytest.mark.parametrize("name", GOOD_FILES)
def test_good_files_open_as_rgb(name: str) -> None:
    header = inspect_image(GOOD_FILES[name])
    image = open_image(GOOD_FILES[name])
    assert image.mode == "RGB"
    assert sorted(image.size) == sorted((header.width, header.height))


COLOURED = [
    "photo.jpg",
    "progressive.jpg",
    "cmyk.jpg",
    "two-pictures.mpo",
    "broken-exif.jpg",
    "appended.jpg",
    "graphic.png",
    "palette.png",
    "animated.png",
    "still.gif",
    "animated.gif",
    "lossy.webp",
    "lossless.webp",
    "animated.webp",
    *(["photo.avif"] if "photo.avif" in GOOD_FILES else []),
]


@pytest.mark.parametrize("name", COLOURED)
def test_the_first_frame_has_the_right_colours_in_the_right_places(name: str) -> None:
    found = corner_colours(open_image(GOOD_FILES[name]))
    assert all(map(close, found, [RED, GREEN, BLUE, YELLOW]))


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("transparent.png", RED),
        ("palette-transparent.png", RED),
        ("transparent.gif", RED),
        ("transparent.webp", RED),
        ("grey-alpha.png", BLACK),
    ],
)
def test_transparency_is_laid_on_white(name: str, left: tuple[int, int, int]) -> None:
    top_left, top_right, _, bottom_right = corner_colours(open_image(GOOD_FILES[name]))
    assert close(top_left, left)
    assert top_right == bottom_right == WHITE


def test_a_transparent_colour_is_laid_on_white() -> None:
    assert corner_colours(open_image(GOOD_FILES["transparent-colour.png"])) == [RED, GREEN, BLUE, WHITE]


def test_half_transparency_is_mixed_with_white() -> None:
    data = save(Image.new("RGBA", (16, 16), (0, 0, 0, 128)), "PNG")
    assert close(open_image(data).getpixel((8, 8)), (127, 127, 127), tolerance=1)


def test_one_bit_pictures_are_black_and_white() -> None:
    image = open_image(GOOD_FILES["one-bit.png"])
    assert image.getpixel((2, 2)) == WHITE
    assert image.getpixel((WIDTH - 2, 2)) == BLACK


def test_16_bit_greys_are_scaled_not_clipped() -> None:
    pixels = np.asarray(open_image(GOOD_FILES["grey-16-bit.png"]))
    assert pixels[0, :, 0].tolist() == list(range(256))


def test_16_bit_colours_are_scaled_not_clipped() -> None:
    pixels = np.asarray(open_image(GOOD_FILES["colour-16-bit.png"]))
    assert pixels[0, :, 0].tolist() == list(range(256))
    assert pixels[0, :, 1].tolist() == list(range(255, -1, -1))


@pytest.mark.parametrize("mode", ["I", "F"])
def test_deep_greys_of_other_kinds_are_stretched(mode: str) -> None:
    image = ramp().convert(mode).point(lambda value: value * 40.0 + 1000.0)
    pixels = np.asarray(to_rgb(image))
    assert pixels[0, :, 0].tolist() == list(range(256))


@pytest.mark.parametrize("mode", ["I", "F"])
def test_a_deep_grey_of_one_value_is_still_a_picture(mode: str) -> None:
    assert to_rgb(Image.new(mode, (9, 9), 7)).getcolors() == [(81, BLACK)]


def test_a_transparent_16_bit_grey_is_white() -> None:
    image = Image.fromarray(np.full((9, 9), 1234, dtype=np.uint16))
    image.info["transparency"] = 1234
    assert to_rgb(image).getcolors() == [(81, WHITE)]


SIDES = {  # where EXIF (CIPA DC-008, tag 0x0112) says that the stored row 0 and column 0 are seen
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}
OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


@pytest.mark.parametrize("orientation", SIDES)
@pytest.mark.parametrize("target", [None, 8])
def test_exif_orientation_turns_the_picture_upright(orientation: int, target: int | None) -> None:
    image = open_image(oriented(orientation), target=target)
    seen = dict(
        zip(
            [("top", "left"), ("top", "right"), ("bottom", "left"), ("bottom", "right")],
            corner_colours(image),
            strict=True,
        )
    )
    row, column = SIDES[orientation]
    stored = {
        (row, column): RED,
        (row, OPPOSITE[column]): GREEN,
        (OPPOSITE[row], column): BLUE,
        (OPPOSITE[row], OPPOSITE[column]): YELLOW,
    }
    for sides, colour in stored.items():
        vertical_first = sides if sides[0] in ("top", "bottom") else sides[::-1]
        assert close(seen[vertical_first], colour, tolerance=40), (orientation, sides)
    assert (image.width > image.height) == (orientation < 5)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_exif_orientation_counts_in_other_formats_too(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = open_image(save(corners(), kind, exif=exif))
    assert image.size == (HEIGHT, WIDTH)
    assert close(corner_colours(image)[1], RED)


@pytest.mark.parametrize("value", [0, 9, 255, 65535])
def test_an_unknown_orientation_is_ignored(value: int) -> None:
    assert open_image(oriented(value)).size == (WIDTH, HEIGHT)


def test_a_large_jpeg_is_decoded_at_a_fraction_for_a_small_target() -> None:
    data = save(corners(2000, 1500), "JPEG")
    small = open_image(data, target=299)
    assert small.size == (1000, 750)
    assert all(map(close, corner_colours(small), [RED, GREEN, BLUE, YELLOW]))
    assert open_image(data, target=1000).size == (2000, 1500)
    assert open_image(data).size == (2000, 1500)


# The copy that is kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", *(["AVIF"] if "photo.avif" in GOOD_FILES else [])])
def test_no_metadata_survives_reencoding(kind: str) -> None:
    data, words = with_metadata(kind)
    assert data.count(b"secret") >= 4
    copy = reencode(open_image(data))
    assert not [word for word in words if word in copy.data]
    with Image.open(io.BytesIO(copy.data)) as opened:
        assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert not opened.getexif()


def test_metadata_that_a_picture_carries_in_memory_does_not_survive_either() -> None:
    image = ramp("RGB", 400, 400)
    image.info.update(exif=b"Exif\x00\x00secret", comment=b"secret", icc_profile=b"secret", xmp=b"secret")
    assert b"secret" not in reencode(image).data


def test_the_copy_keeps_the_picture_and_says_its_size() -> None:
    copy = reencode(open_image(GOOD_FILES["photo.jpg"]))
    again = open_image(copy.data)
    assert (copy.width, copy.height) == again.size == (WIDTH, HEIGHT)
    assert all(map(close, corner_colours(again), [RED, GREEN, BLUE, YELLOW]))


@pytest.mark.parametrize(("size", "expected"), [((3200, 1000), (1600, 500)), ((500, 1000), (500, 1000))])
def test_the_copy_is_made_smaller_never_larger(size: tuple[int, int], expected: tuple[int, int]) -> None:
    copy = reencode(ramp("RGB", *size))
    assert (copy.width, copy.height) == expected
    with Image.open(io.BytesIO(copy.data)) as opened:
        assert opened.size == expected


def test_photographs_become_jpeg_and_drawings_png() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    photograph, drawing = reencode(Image.fromarray(noise)), reencode(corners())
    assert (photograph.mime, inspect_image(photograph.data).mime) == ("image/jpeg", "image/jpeg")
    assert (drawing.mime, inspect_image(drawing.data).mime) == ("image/png", "image/png")
    assert open_image(drawing.data).tobytes() == corners().tobytes()


# Anything at all


def read_or_refuse(data: bytes) -> None:
    try:
        image = open_image(data, Limits(max_pixels=1_000_000), target=16)
    except ImageError as error:
        assert error.code != "image_error"
        return
    assert image.mode == "RGB"
    image.tobytes()


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    data = bytearray(GOOD_FILES[draw(st.sampled_from(sorted(GOOD_FILES)))])
    for _ in range(draw(st.integers(1, 8))):
        # Headers are where the decisions are made, so half of the damage goes there.
        place = draw(st.integers(0, min(len(data), 64) if draw(st.booleans()) else len(data)))
        how = draw(st.sampled_from(["replace", "insert", "delete", "cut"]))
        if how == "replace":
            patch = draw(st.binary(min_size=1, max_size=4))
            data[place : place + len(patch)] = patch
        elif how == "insert":
            data[place:place] = draw(st.binary(min_size=1, max_size=16))
        elif how == "delete":
            del data[place : place + draw(st.integers(1, 16))]
        else:
            del data[place:]
    return bytes(data)


@settings(max_examples=500, deadline=None)
@given(mutations())
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_damaged_files_give_a_picture_or_an_image_error(data: bytes) -> None:
    read_or_refuse(data)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", *(GOOD_FILES[name][:16] for name in COLOURED)]))
def test_anything_after_a_signature_gives_a_picture_or_an_image_error(data: bytes, start: bytes) -> None:
    read_or_refuse(start + data)


@pytest.mark.parametrize("name", ["photo.jpg", "graphic.png", "still.gif", "lossless.webp", "iphone.heic"])
def test_every_truncation_gives_a_picture_or_an_image_error(name: str) -> None:
    data = GOOD_FILES[name] if name in GOOD_FILES else BAD_FILES[name][0]
    for end in itertools.chain(range(min(80, len(data))), range(80, len(data), 7)):
        read_or_refuse(data[:end])
