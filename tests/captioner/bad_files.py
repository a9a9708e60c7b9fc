"""Files made in code, good and bad, for every test that uploads, fetches or opens pictures.

`GOOD_FILES[name]` is the bytes of a picture that must be read; `BAD_FILES[name]` is the bytes of a file that must be
refused, and the code of the refusal. Both are mappings that build a file when it is first asked for.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from PIL import Image, ImageDraw, features
from PIL.PngImagePlugin import PngInfo

Value = TypeVar("Value")

WIDTH, HEIGHT = 64, 48
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 60), (30, 60, 220), (240, 220, 40)

_SIZE_LIMIT = 10_000_000


class LazyFiles(Mapping[str, Value]):
    """Files by name, each built once, when it is first read."""

    def __init__(self) -> None:
        self._builders: dict[str, Callable[[], Value]] = {}
        self._built: dict[str, Value] = {}

    def add(self, name: str, build: Callable[[], Value]) -> None:
        self._builders[name] = build

    def __getitem__(self, name: str) -> Value:
        if name not in self._built:
            self._built[name] = self._builders[name]()
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._builders)

    def __len__(self) -> int:
        return len(self._builders)


GOOD_FILES: LazyFiles[bytes] = LazyFiles()
BAD_FILES: LazyFiles[tuple[bytes, str]] = LazyFiles()

Build = Callable[[], bytes]


def good(name: str) -> Callable[[Build], Build]:
    def register(build: Build) -> Build:
        GOOD_FILES.add(name, build)
        return build

    return register


def bad(name: str, code: str) -> Callable[[Build], Build]:
    def register(build: Build) -> Build:
        BAD_FILES.add(name, lambda: (build(), code))
        return build

    return register


def corners(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Red top left, green top right, blue bottom left, yellow bottom right."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    middle_x, middle_y = width // 2, height // 2
    draw.rectangle((0, 0, middle_x, middle_y), fill=RED)
    draw.rectangle((middle_x, 0, width, middle_y), fill=GREEN)
    draw.rectangle((0, middle_y, middle_x, height), fill=BLUE)
    draw.rectangle((middle_x, middle_y, width, height), fill=YELLOW)
    return image


def ramp(mode: str = "L", width: int = 256, height: int = 16) -> Image.Image:
    """Grey from black at the left to white at the right."""
    image = Image.new("L", (width, height))
    image.putdata([x * 255 // (width - 1) for _ in range(height) for x in range(width)])
    return image.convert(mode)


def save(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(kind: bytes, body: bytes, *, length: int | None = None, crc: int | None = None) -> bytes:
    """One PNG chunk; `length` and `crc` may be lies."""
    checksum = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body) if length is None else length) + kind + body + struct.pack(">I", checksum)


def png(width: int, height: int, pixels: bytes, *, depth: int = 8, colour: int = 0, **header: int) -> bytes:
    """A PNG of a header, one IDAT with these compressed pixels, and an end. `header`: lies for the IHDR chunk."""
    ihdr = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0), **header)
    return b"\x89PNG\r\n\x1a\n" + ihdr + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def oriented(orientation: int) -> bytes:
    """A JPEG of `corners()` as stored, with an EXIF orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return save(corners(), "JPEG", quality=95, exif=exif)


# Good files


@good("photo.jpg")
def _jpeg() -> bytes:
    return save(corners(), "JPEG", quality=95)


@good("progressive.jpg")
def _progressive() -> bytes:
    return save(corners(), "JPEG", quality=95, progressive=True)


@good("grey.jpg")
def _grey_jpeg() -> bytes:
    return save(ramp(), "JPEG", quality=95)


@good("cmyk.jpg")
def _cmyk() -> bytes:
    return save(corners().convert("CMYK"), "JPEG", quality=95)


@good("two-pictures.mpo")
def _mpo() -> bytes:
    return save(corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (WIDTH, HEIGHT), "black")])


for _orientation in range(2, 9):
    GOOD_FILES.add(f"orientation-{_orientation}.jpg", lambda orientation=_orientation: oriented(orientation))


@good("broken-exif.jpg")
def _broken_exif() -> bytes:
    return save(corners(), "JPEG", quality=95, exif=b"Exif\x00\x00II*\x00\xff\xff\xff\x7f" + b"\xff" * 40)


@good("appended.jpg")
def _appended() -> bytes:
    return _jpeg() + b"<script>alert(1)</script>" * 20


@good("graphic.png")
def _png() -> bytes:
    return save(corners(), "PNG")


@good("palette.png")
def _palette() -> bytes:
    return save(corners().convert("P", palette=Image.Palette.ADAPTIVE), "PNG")


@good("palette-transparent.png")
def _palette_transparent() -> bytes:
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette([0, 0, 0, *RED])
    image.paste(1, (0, 0, WIDTH // 2, HEIGHT))
    return save(image, "PNG", transparency=0)


@good("transparent.png")
def _rgba() -> bytes:
    image = corners().convert("RGBA")
    image.paste((0, 0, 0, 0), (WIDTH // 2, 0, WIDTH, HEIGHT))
    return save(image, "PNG")


@good("transparent-colour.png")
def _rgb_transparent() -> bytes:
    return save(corners(), "PNG", transparency=YELLOW)


@good("grey-alpha.png")
def _grey_alpha() -> bytes:
    image = Image.new("LA", (WIDTH, HEIGHT), (0, 255))
    image.paste((0, 0), (WIDTH // 2, 0, WIDTH, HEIGHT))
    return save(image, "PNG")


@good("one-bit.png")
def _one_bit() -> bytes:
    image = Image.new("1", (WIDTH, HEIGHT), 0)
    image.paste(1, (0, 0, WIDTH // 2, HEIGHT))
    return save(image, "PNG")


@good("grey-16-bit.png")
def _grey_16() -> bytes:
    row = b"\x00" + b"".join(struct.pack(">H", x * 257) for x in range(256))
    return png(256, 16, zlib.compress(row * 16), depth=16)


@good("colour-16-bit.png")
def _colour_16() -> bytes:
    row = b"\x00" + b"".join(struct.pack(">HHH", x * 257, 65535 - x * 257, 32896) for x in range(256))
    return png(256, 16, zlib.compress(row * 16), depth=16, colour=2)


@good("animated.png")
def _animated_png() -> bytes:
    return save(corners(), "PNG", save_all=True, append_images=[Image.new("RGB", (WIDTH, HEIGHT), "black")])


@good("still.gif")
def _gif() -> bytes:
    return save(corners(), "GIF")


@good("animated.gif")
def _animated_gif() -> bytes:
    return save(corners(), "GIF", save_all=True, append_images=[Image.new("RGB", (WIDTH, HEIGHT), "black")])


@good("transparent.gif")
def _transparent_gif() -> bytes:
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette([0, 0, 0, *RED])
    image.paste(1, (0, 0, WIDTH // 2, HEIGHT))
    return save(image, "GIF", transparency=0)


@good("lossy.webp")
def _webp() -> bytes:
    return save(corners(), "WEBP", quality=95)


@good("lossless.webp")
def _lossless_webp() -> bytes:
    return save(corners(), "WEBP", lossless=True)


@good("transparent.webp")
def _transparent_webp() -> bytes:
    image = corners().convert("RGBA")
    image.paste((0, 0, 0, 0), (WIDTH // 2, 0, WIDTH, HEIGHT))
    return save(image, "WEBP", lossless=True)


@good("animated.webp")
def _animated_webp() -> bytes:
    black = Image.new("RGB", (WIDTH, HEIGHT), "black")
    return save(corners(), "WEBP", lossless=True, save_all=True, append_images=[black])


if features.check("avif"):

    @good("photo.avif")
    def _avif() -> bytes:
        return save(corners(), "AVIF", quality=95)


# Bad files


@bad("empty.jpg", "empty_file")
def _empty() -> bytes:
    return b""


@bad("one-byte.jpg", "not_an_image")
def _one_byte() -> bytes:
    return b"\xff"


@bad("text.jpg", "not_an_image")
def _text() -> bytes:
    return b"Dear all,\nthe picture follows tomorrow.\n" * 20


@bad("page.png", "not_an_image")
def _page() -> bytes:
    return b"<!DOCTYPE html>\n<html lang=en><title>404</title><h1>Not found</h1></html>\n"


@bad("noise.jpg", "not_an_image")
def _noise() -> bytes:
    return bytes((x * x * 7 + 3) % 256 for x in range(2000))


@bad("too-large.jpg", "file_too_large")
def _too_large() -> bytes:
    return _jpeg() + b"\x00" * _SIZE_LIMIT


@bad("truncated.jpg", "image_truncated")
def _truncated_jpeg() -> bytes:
    data = save(ramp("RGB", 256, 256), "JPEG", quality=95)
    return data[: len(data) * 2 // 3]


@bad("header-only.jpg", "image_truncated")
def _jpeg_header() -> bytes:
    return _jpeg()[:20]


@bad("truncated.png", "image_truncated")
def _truncated_png() -> bytes:
    return _png()[:-30]


@bad("truncated.webp", "image_truncated")
def _truncated_webp() -> bytes:
    data = _lossless_webp()
    return data[: len(data) // 2]


@bad("header-only.webp", "image_truncated")
def _webp_header() -> bytes:
    return _webp()[:16]


@bad("truncated.gif", "image_truncated")
def _truncated_gif() -> bytes:
    data = save(ramp("P", 256, 256), "GIF")
    return data[: len(data) // 2]


@bad("no-frames.gif", "image_undecodable")
def _no_frames() -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", WIDTH, HEIGHT, 0, 0, 0) + b";"


@bad("bad-stream.png", "image_undecodable")
def _bad_stream() -> bytes:
    return png(WIDTH, HEIGHT, b"this is no zlib stream at all" * 4)


@bad("bad-checksum.png", "image_undecodable")
def _bad_checksum() -> bytes:
    return png(WIDTH, HEIGHT, zlib.compress(b"\x00" * (WIDTH + 1) * HEIGHT), crc=0xDEADBEEF)


@bad("bad-depth.png", "image_undecodable")
def _bad_depth() -> bytes:
    return png(WIDTH, HEIGHT, zlib.compress(b"\x00" * (WIDTH + 1) * HEIGHT), depth=7, colour=5)


@bad("huge-claim.png", "image_truncated")
def _huge_claim() -> bytes:
    """An IDAT chunk that claims 2 GB."""
    start = _png().index(b"IDAT") - 4
    pixels = zlib.compress(b"\x00" * WIDTH)
    return _png()[:start] + chunk(b"IDAT", pixels, length=0x7FFFFFFF)


@bad("million-parts.jpg", "image_undecodable")
def _million_parts() -> bytes:
    """A JPEG with a million empty comments before its picture."""
    return _jpeg()[:2] + b"\xff\xfe\x00\x02" * 1_000_000 + _jpeg()[2:]


@bad("damaged.webp", "image_undecodable")
def _damaged_webp() -> bytes:
    data = bytearray(_webp())
    data[30:] = b"\xaa" * (len(data) - 30)
    return bytes(data)


@bad("bomb.png", "image_too_many_pixels")
def _bomb() -> bytes:
    """400 megapixels of black in less than 50 kB."""
    squeeze = zlib.compressobj(9)
    row = b"\x00" * (1 + 20_000 // 8)
    pixels = b"".join(squeeze.compress(row) for _ in range(20_000)) + squeeze.flush()
    return png(20_000, 20_000, pixels, depth=1)


@bad("bomb.gif", "image_too_many_pixels")
def _bomb_gif() -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", 19_000, 19_000, 0, 0, 0) + _gif()[13:]


@bad("bomb-frame.gif", "image_too_many_pixels")
def _bomb_frame() -> bytes:
    """A small screen, and a first frame of 65,535 x 65,535."""
    frame = b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x44\x01\x00;"
    return b"GIF89a" + struct.pack("<HHBBB", WIDTH, HEIGHT, 0, 0, 0) + frame


@bad("bomb.webp", "image_too_many_pixels")
def _bomb_webp() -> bytes:
    """A canvas of 16,383 x 16,383 in a header of 30 bytes."""
    size = (16_382).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + b"\x02\x00\x00\x00" + size + size + b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


@bad("long-side.png", "image_too_large_side")
def _long_side() -> bytes:
    return png(30_000, 700, zlib.compress(b""), depth=1)


@bad("tiny.png", "image_too_small")
def _tiny() -> bytes:
    return save(Image.new("RGB", (1, 1)), "PNG")


@bad("tracking-pixel.gif", "image_too_small")
def _tracking_pixel() -> bytes:
    return save(Image.new("P", (1, 1)), "GIF")


@bad("no-width.png", "image_undecodable")
def _no_width() -> bytes:
    return png(0, 20, zlib.compress(b""))


@bad("ruler.png", "image_ratio")
def _ruler() -> bytes:
    return save(Image.new("RGB", (600, 10)), "PNG")


@bad("drawing.svg", "unsupported_type")
def _svg() -> bytes:
    return b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"></svg>\n'


@bad("iphone.heic", "unsupported_type")
def _heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100


@bad("video.mp4", "unsupported_type")
def _mp4() -> bytes:
    return struct.pack(">I", 24) + b"ftypisom\x00\x00\x02\x00isommp41" + b"\x00" * 100


@bad("video.webm", "unsupported_type")
def _webm() -> bytes:
    return b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm" + b"\x00" * 100


@bad("document.pdf", "unsupported_type")
def _pdf() -> bytes:
    return save(corners(), "PDF")


@bad("scan.tiff", "unsupported_type")
def _tiff() -> bytes:
    return save(corners(), "TIFF")


@bad("bitmap.bmp", "unsupported_type")
def _bmp() -> bytes:
    return save(corners(), "BMP")


@bad("favicon.ico", "unsupported_type")
def _ico() -> bytes:
    return save(corners(64, 64), "ICO")


@bad("figure.eps", "unsupported_type")
def _eps() -> bytes:
    return save(corners(), "EPS")


@bad("pictures.zip", "unsupported_type")
def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("photo.jpg", _jpeg())
    return file.getvalue()


def with_metadata(kind: str) -> tuple[bytes, list[bytes]]:
    """A picture whose file carries whatever its format can, and the words to look for afterwards."""
    exif = Image.Exif()
    exif[0x010F] = "secret-camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 29: "secret-gps"})
    options: dict[str, Any] = {
        "exif": exif,
        "icc_profile": b"\x00\x00\x00\x18secret-profile",
        "xmp": b'<x:xmpmeta xmlns:x="adobe:ns:meta/">secret-xmp</x:xmpmeta>',
    }
    if kind == "JPEG":
        options["comment"] = b"secret-comment"
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", "secret-comment")
        text.add_itxt("XML:com.adobe.xmp", "secret-xmp")
        del options["xmp"]
        options["pnginfo"] = text
    data = save(corners(), kind, **options) + b"secret-appended"
    return data, [b"secret", b"Exif", b"xmpmeta", b"ICC_PROFILE", b"iCCP", b"eXIf", b"tEXt"]
