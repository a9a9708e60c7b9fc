"""Untrusted bytes to pictures: an allow list, limits that are checked before anything is decoded, then upright RGB.

Three steps, for three places. `inspect_image` reads only the header, so a web process may call it. `open_image`
decodes, so it belongs in a worker. `reencode` makes the copy that is kept: rebuilt from its pixels alone, without
EXIF, colour profile, XMP, comments or anything appended.

Pillow's decoders are chosen here by the file's signature and called directly: no other format's code is reached.
Decoding is done by Pillow with `LOAD_TRUNCATED_IMAGES` off. Colours are not converted between colour profiles,
which come from the file and are as little to be trusted as the rest.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, features
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from captioner.errors import CaptionerError
from captioner.image_types import OtherType, allowed_format, looks_like_text, looks_like_web_page, other_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.ImageFile import ImageFile

_DECODERS: dict[str, tuple[str, Callable[[io.BytesIO], ImageFile]]] = {
    "JPEG": ("image/jpeg", JpegImageFile),  # the first picture of an MPO is an ordinary JPEG
    "PNG": ("image/png", PngImageFile),
    "WEBP": ("image/webp", WebPImageFile),
    "GIF": ("image/gif", GifImageFile),
}
if features.check("avif"):
    _DECODERS["AVIF"] = ("image/avif", AvifImageFile)

_USE = "Use JPEG, PNG, WebP, GIF or AVIF." if "AVIF" in _DECODERS else "Use JPEG, PNG, WebP or GIF."
_AVIF = OtherType("an AVIF image", "Open it in an image program and save it as JPEG or PNG.")

_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_MOST_READS = 200_000  # an honest file of 10 MB needs at most half of that: a GIF, in blocks of 255 bytes
# What a damaged file makes Pillow raise: its errors have no common base. What the machine raises in the meantime
# is not among them, for the file is not to blame for it.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    Image.DecompressionBombError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_JPEG_QUALITY = 85
_FEW_COLOURS = 256  # a drawing or a screenshot of so few colours is smaller and sharper as PNG


class ImageError(CaptionerError):
    """A file that cannot be used as a picture. `message` says why and what to do, and may be shown to anyone."""

    code = "image_error"


class EmptyFileError(ImageError):
    code = "empty_file"


class FileTooLargeError(ImageError):
    code = "file_too_large"


class UnsupportedTypeError(ImageError):
    code = "unsupported_type"


class NotAnImageError(ImageError):
    code = "not_an_image"


class TruncatedImageError(ImageError):
    code = "image_truncated"


class TooManyPixelsError(ImageError):
    code = "image_too_many_pixels"


class TooSmallError(ImageError):
    code = "image_too_small"


class SideTooLongError(ImageError):
    code = "image_too_large_side"


class RatioError(ImageError):
    code = "image_ratio"


class UndecodableImageError(ImageError):
    code = "image_undecodable"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be. Bytes, pixels in all, pixels along a side, and the longer side over the shorter."""

    max_bytes: int = 10_000_000
    max_pixels: int = 40_000_000
    max_side: int = 20_000
    min_side: int = 8
    max_ratio: float = 50.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What a file's header says.

    format: JPEG, PNG, WEBP, GIF or AVIF. mime: its media type.
    width, height: in pixels, as stored, before any turn that EXIF asks for.
    frames: 1 for a still picture, more for an animation; 2 for any animated GIF, whose header gives no number.
    """

    format: str
    mime: str
    width: int
    height: int
    frames: int


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """A picture as a file of our own making. width, height: in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


class _BoundedFile(io.BytesIO):
    """A file that may be read only so often: millions of empty parts would keep a process busy for seconds."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        if self.reads > _MOST_READS:
            raise OSError("too many parts")
        return super().read(size)


def inspect_image(data: bytes, limits: Limits = DEFAULT_LIMITS) -> ImageHeader:
    """Check a file by its size, signature and header; nothing is decoded. Raises ImageError."""
    image, header = _open(data, limits)
    image.close()
    return header


def open_image(data: bytes, limits: Limits = DEFAULT_LIMITS, target: int | None = None) -> Image.Image:
    """Decode a file's first frame to an upright RGB picture; transparency is laid on white. Raises ImageError.

    target: the side in pixels that the picture will be resized to. A large JPEG is then decoded at a fraction of
    its size, at least twice the target, which is faster.
    """
    image, header = _open(data, limits)
    try:
        if target is not None:
            image.draft(None, (2 * target, 2 * target))
        image.load()
        return _upright(to_rgb(image), image.info.get("exif"))
    except _DAMAGE as error:
        raise _unreadable(header.format, data) from error
    finally:
        image.close()


def file_too_large(size: int, limit: int) -> FileTooLargeError:
    """The error for a file of `size` bytes where fewer, `limit`, are allowed.

    The size is rounded up and the limit down, so that the sentence never gives the same number twice.
    """
    return FileTooLargeError(
        f"The file is {_in_plain_units(size, up=True)}; the limit is {_in_plain_units(limit)}. "
        "Save the picture smaller and try again."
    )


def to_rgb(image: Image.Image) -> Image.Image:
    """Any picture as RGB, of the same size: deep greys scaled to 8 bits, transparency laid on white."""
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled(image).convert("RGB")
    if image.has_transparency_data:
        foreground = image.convert("RGBA")
        background = Image.new("RGB", image.size, "white")
        background.paste(foreground, mask=foreground)
        return background
    return image.convert("RGB")


def reencode(image: Image.Image, max_side: int = 1600) -> EncodedImage:
    """Make the copy to keep, at most `max_side` pixels long, from the pixels alone: JPEG, or PNG for few colours."""
    pixels = to_rgb(image)
    pixels.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    clean = Image.frombytes("RGB", pixels.size, pixels.tobytes())
    file = io.BytesIO()
    if clean.getcolors(_FEW_COLOURS):
        mime = "image/png"
        clean.save(file, "PNG", optimize=True)
    else:
        mime = "image/jpeg"
        clean.save(file, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return EncodedImage(file.getvalue(), mime, clean.width, clean.height)


def _open(data: bytes, limits: Limits) -> tuple[ImageFile, ImageHeader]:
    """Check all that can be checked before decoding, and hand over Pillow's undecoded picture."""
    if not data:
        raise EmptyFileError("The file is empty. Choose the picture again.")
    if len(data) > limits.max_bytes:
        raise file_too_large(len(data), limits.max_bytes)
    kind = allowed_format(data)
    if kind not in _DECODERS:
        raise _not_allowed(data, kind)
    if kind == "WEBP":  # its decoder takes memory for the whole canvas as soon as it is opened
        _check_size(*_webp_size(data), limits)

    mime, decoder = _DECODERS[kind]
    try:
        image = decoder(_BoundedFile(data))
        frames = _frames(image)
    except Image.DecompressionBombError as error:  # a GIF whose first frame is larger than its header says
        raise TooManyPixelsError(
            f"The picture has far more pixels than the limit of {limits.max_pixels / 1e6:,g} megapixels. "
            "Make it smaller and try again."
        ) from error
    except _DAMAGE as error:
        raise _unreadable(kind, data) from error
    _check_size(image.width, image.height, limits)
    return image, ImageHeader(kind, mime, image.width, image.height, frames)


def _frames(image: ImageFile) -> int:
    if isinstance(image, GifImageFile):  # to count a GIF's frames is to walk through all of the file
        return 2 if image.is_animated else 1
    return int(getattr(image, "n_frames", 1))


def _not_allowed(data: bytes, kind: str | None) -> ImageError:
    other = _AVIF if kind else other_type(data)
    if other:
        return UnsupportedTypeError(f"The file is {other.name}, which cannot be used here. {other.advice}")
    if looks_like_web_page(data):
        return NotAnImageError("The file is a web page, not a picture. Save the picture itself and use that file.")
    if looks_like_text(data):
        return NotAnImageError(f"The file is text, not a picture, whatever its name says. {_USE}")
    return NotAnImageError(f"The file is not a picture of a known type. {_USE}")


def _check_size(width: int, height: int, limits: Limits) -> None:
    size = f"The picture is {width:,} x {height:,} pixels"
    if min(width, height) < limits.min_side:
        raise TooSmallError(f"{size}; each side needs at least {limits.min_side}. Use a larger version of it.")
    if max(width, height) > limits.max_side:
        raise SideTooLongError(f"{size}; a side may have at most {limits.max_side:,}. Make it smaller and try again.")
    if width * height > limits.max_pixels:
        raise TooManyPixelsError(
            f"{size}, {width * height / 1e6:,.1f} megapixels; the limit is {limits.max_pixels / 1e6:,g} megapixels. "
            "Make it smaller and try again."
        )
    if max(width, height) > limits.max_ratio * min(width, height):
        raise RatioError(
            f"{size}; one side may be at most {limits.max_ratio:g} times the other. Crop it and try again."
        )


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height from a WebP file's first chunk (RFC 9649, section 2)."""
    chunk, body = data[12:16], data[20:30]
    if len(body) < 10:
        raise _unreadable("WEBP", data)
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if chunk == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise _unreadable("WEBP", data)


def _unreadable(kind: str, data: bytes) -> ImageError:
    """The error for a file that Pillow could not read: its end is missing, or it is damaged."""
    if _is_cut_short(kind, data):
        return TruncatedImageError(
            f"The {kind} file is cut short: its end is missing. Download or copy it again, then try again."
        )
    return UndecodableImageError(
        f"The {kind} file is damaged and cannot be read. Open it in an image program, save it again, "
        "and use the new file."
    )


def _is_cut_short(kind: str, data: bytes) -> bool:
    """Whether the mark at the end of the format is missing, or the file is shorter than it says."""
    if kind == "WEBP":
        return len(data) < int.from_bytes(data[4:8], "little") + 8
    if kind == "AVIF":
        return _last_box_end(data) > len(data)
    end = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82", "GIF": b";"}[kind]
    return not data.rstrip(b"\x00").endswith(end)


def _last_box_end(data: bytes) -> int:
    """Where the last top-level box of an ISO media file says that it ends."""
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        if length < 8:  # to the end of the file, or a 64-bit length, which no picture within our limits needs
            return len(data)
        place += length
    return place


def _upright(image: Image.Image, exif: bytes | None) -> Image.Image:
    """Turn a picture as its EXIF orientation says; EXIF that cannot be read is ignored."""
    if not exif:
        return image
    try:
        tags = Image.Exif()
        tags.load(exif)
        turn = _TURNS.get(tags.get(_ORIENTATION_TAG, 1))
    except _DAMAGE:  # whatever is wrong with the EXIF, the picture is good
        return image
    return image if turn is None else image.transpose(turn)


def _scaled(image: Image.Image) -> Image.Image:
    """A 16-bit, 32-bit or floating grey picture as 8-bit grey: Pillow's own conversion would clip it at 255.

    16-bit greys have their white at 65,535. The others have no agreed white: their own range is stretched.
    """
    import numpy as np  # here only, so that a process that just reads headers does without it

    grey = np.nan_to_num(np.asarray(image).astype(np.float32))  # (H, W)
    transparent = grey == image.info.get("transparency")  # (H, W) all False if none is
    darkest, brightest = (0.0, 65535.0) if image.mode.startswith("I;16") else (float(grey.min()), float(grey.max()))
    grey -= darkest
    grey *= 255.0 / max(brightest - darkest, 1e-12)
    grey[transparent] = 255.0
    return Image.fromarray(np.rint(grey, out=grey).astype(np.uint8))


def _in_plain_units(size: int, *, up: bool = False) -> str:
    """A number of bytes as people say it, rounded down, or up: 12.3 MB, 640 kB, 80 bytes."""
    extra = 1 if up else 0
    if size >= 1_000_000:
        return f"{((size - extra) // 100_000 + extra) / 10:g} MB"
    if size >= 1000:
        return f"{(size - extra) // 1000 + extra} kB"
    return f"{size} bytes"
