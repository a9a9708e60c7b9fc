"""What a file seems to be, told by its first bytes; its name and its declared type are never believed."""

from __future__ import annotations

from dataclasses import dataclass

_TEXT_SAMPLE = 1024
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


@dataclass(frozen=True, slots=True)
class OtherType:
    """A type that is recognised but not read: its name with its article, and what to do instead."""

    name: str
    advice: str


_EXPORT = "Open it in an image program and save it as JPEG or PNG."
_STILL = "Save one picture of it as JPEG or PNG."
_HEIC = OtherType(
    "a HEIC photo",
    "On an iPhone choose Settings, Camera, Formats, Most Compatible; or save the photo as JPEG.",
)
_SVG = OtherType("an SVG drawing", "Export it as PNG.")
_VIDEO = OtherType("a video", _STILL)
_TIFF = OtherType("a TIFF image", _EXPORT)
_EPS = OtherType("a PostScript document", "Export it as PNG.")
_JPEG_XL = OtherType("a JPEG XL image", _EXPORT)

_OTHER_TYPES: dict[bytes, OtherType] = {
    b"%PDF-": OtherType("a PDF document", "Save the picture in it as JPEG or PNG."),
    b"II*\x00": _TIFF,
    b"MM\x00*": _TIFF,
    b"II+\x00": _TIFF,
    b"MM\x00+": _TIFF,
    b"BM": OtherType("a BMP image", _EXPORT),
    b"\x00\x00\x01\x00": OtherType("an icon (ICO)", "Export it as PNG."),
    b"%!PS": _EPS,
    b"\xc5\xd0\xd3\xc6": _EPS,
    b"8BPS": OtherType("a Photoshop document", "Export it as JPEG or PNG."),
    b"\xff\x0a": _JPEG_XL,
    b"\x00\x00\x00\x0cJXL ": _JPEG_XL,
    b"\x00\x00\x00\x0cjP  ": OtherType("a JPEG 2000 image", _EXPORT),
    b"PK\x03\x04": OtherType("a ZIP archive or an Office document", "Take the pictures out of it and use those."),
    b"\x1f\x8b": OtherType("a gzip archive", "Unpack it and use the pictures in it."),
    b"\x1aE\xdf\xa3": _VIDEO,
    b"\x00\x00\x01\xba": _VIDEO,
    b"\x00\x00\x01\xb3": _VIDEO,
}


def allowed_format(data: bytes) -> str | None:
    """The format, of those that are read here, whose signature the bytes carry: Pillow's name for it."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if _AVIF_BRANDS & _iso_brands(data):
        return "AVIF"
    return None


def other_type(data: bytes) -> OtherType | None:
    """The known type, of those that are not read here, that the bytes seem to be."""
    brands = _iso_brands(data)
    if brands:
        return _HEIC if brands & _HEIF_BRANDS else _VIDEO
    if data[:4] == b"RIFF" and data[8:12] == b"AVI ":
        return _VIDEO
    for signature, other in _OTHER_TYPES.items():
        if data.startswith(signature):
            return other
    return _SVG if b"<svg" in data[:_TEXT_SAMPLE].lower() else None


def looks_like_web_page(data: bytes) -> bool:
    """Whether the bytes begin as HTML does, as they do when a page was saved in place of its picture."""
    start = data[:_TEXT_SAMPLE].lower()
    return b"<html" in start or b"<!doctype html" in start


def looks_like_text(data: bytes) -> bool:
    """Whether the first bytes are UTF-8 text without control characters."""
    try:
        text = data[:_TEXT_SAMPLE].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < min(len(data), _TEXT_SAMPLE) - 3:  # not merely a character that the sample cuts in two
            return False
        text = data[: error.start].decode("utf-8")
    return all(character.isprintable() or character.isspace() for character in text)


def _iso_brands(data: bytes) -> set[bytes]:
    """The brands in the `ftyp` box of an ISO media file (AVIF, HEIC, MP4, QuickTime); empty for any other."""
    if data[4:8] != b"ftyp":
        return set()
    box = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    return {box[:4]} | {box[place : place + 4] for place in range(8, len(box), 4)}
