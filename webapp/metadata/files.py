"""Where XMP stands in JPEG, PNG and WebP files: read out of them, and put into them without touching a pixel.

Only the frame of a file is walked (segments, chunks), by the lengths that it says, each checked against the file's end.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import islice

LARGEST_PACKET = 256_000  # bytes
_MOST_PARTS = 20_000  # of a file, that are looked at: a hostile one has millions
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_LARGEST_SEGMENT = 65_533
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_XMP = b"XML:com.adobe.xmp\x00"
_HAS_ALPHA, _HAS_XMP = 0x10, 0x04  # flags of a WebP file's VP8X chunk


class NotWritable(Exception):  # noqa: N818 - named for what it says
    """The file is not one of those formats, or damaged, or the packet too long for it."""


def read_packet(data: bytes) -> bytes:
    """The XMP packet of a file; b"" where there is none, or the file is another or damaged."""
    for is_format, read, _ in _FORMATS:
        if is_format(data):
            try:
                packet = next(read(data), b"")
            except (struct.error, zlib.error, IndexError, ValueError):
                return b""
            return packet if len(packet) <= LARGEST_PACKET else b""
    return b""


def with_packet(data: bytes, packet: bytes) -> bytes:
    """The file with this XMP packet. It must have none: it is for copies that were stripped.

    Raises:
        NotWritable: see there.
    """
    for is_format, _, write in _FORMATS:
        if is_format(data):
            try:
                return write(data, packet)
            except (struct.error, IndexError, ValueError) as error:
                raise NotWritable(str(error)) from error
    raise NotWritable("no JPEG, PNG or WebP file")


def _is_jpeg(data: bytes) -> bool:
    return data[:3] == b"\xff\xd8\xff"


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, where its content begins, where it ends) up to the pixels."""
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in (0xDA, 0xD9) or 0xD0 <= marker <= 0xD7:
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            return
        yield marker, at + 4, end
        at = end


def _read_jpeg(data: bytes) -> Iterator[bytes]:
    for marker, begin, end in islice(_jpeg_segments(data), _MOST_PARTS):
        if marker == 0xE1 and data[begin : begin + len(_JPEG_XMP)] == _JPEG_XMP:
            yield data[begin + len(_JPEG_XMP) : end]


def _write_jpeg(data: bytes, packet: bytes) -> bytes:
    content = _JPEG_XMP + packet
    if len(content) > _LARGEST_SEGMENT:
        raise ValueError("the packet is too long for a JPEG file")
    first = next(_jpeg_segments(data), None)
    place = first[2] if first is not None and first[0] == 0xE0 else 2  # behind the JFIF header, which must be first
    return data[:place] + b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content + data[place:]


def _is_png(data: bytes) -> bool:
    return data.startswith(_PNG)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(type, where its content begins, where it ends)."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return
        yield kind, at + 8, at + 8 + length
        at += 12 + length


def _read_png(data: bytes) -> Iterator[bytes]:
    for kind, begin, end in islice(_png_chunks(data), _MOST_PARTS):
        if kind == b"iTXt" and data[begin : begin + len(_PNG_XMP)] == _PNG_XMP:
            content = data[begin + len(_PNG_XMP) : end]
            is_compressed = content[0]
            text = content[2:].split(b"\x00", 2)[2]  # behind the language and the translated name
            # One byte more than is read: so that what is too long is seen to be, and never unfolds.
            yield zlib.decompressobj().decompress(text, LARGEST_PACKET + 1) if is_compressed else text


def _write_png(data: bytes, packet: bytes) -> bytes:
    kind, _, end = next(_png_chunks(data), (b"", 0, 0))
    if kind != b"IHDR":
        raise ValueError("the file does not begin with its header")
    content = b"iTXt" + _PNG_XMP + bytes(4) + packet  # not compressed, in no language, without a translated name
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return data[: end + 4] + chunk + data[end + 4 :]


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(type, where its content begins, where it ends)."""
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            return
        yield kind, at + 8, at + 8 + length
        at += 8 + length + length % 2


def _read_webp(data: bytes) -> Iterator[bytes]:
    for kind, begin, end in islice(_webp_chunks(data), _MOST_PARTS):
        if kind == b"XMP ":
            yield data[begin:end]


def _write_webp(data: bytes, packet: bytes) -> bytes:
    kind, begin, end = next(_webp_chunks(data), (b"", 0, 0))
    if kind == b"VP8X":
        chunks = bytearray(data[12:])
        chunks[begin - 12] |= _HAS_XMP
    else:
        chunks = bytearray(_vp8x(kind, data[begin:end]) + data[12:])
    if len(chunks) % 2:  # the last chunk is not padded, though it should be
        chunks += b"\x00"
    chunks += b"XMP " + struct.pack("<I", len(packet)) + packet + bytes(len(packet) % 2)
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + bytes(chunks)


def _vp8x(kind: bytes, content: bytes) -> bytes:
    """The chunk that a simple file does without: what it has, and how large it is (RFC 9649, section 2.7)."""
    if kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", content, 6))
        flags = _HAS_XMP
    elif kind == b"VP8L" and content[0] == 0x2F:
        (packed,) = struct.unpack_from("<I", content, 1)
        width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        flags = _HAS_XMP | (_HAS_ALPHA if packed >> 28 & 1 else 0)
    else:
        raise ValueError("the file does not begin with its picture")
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"VP8X" + struct.pack("<IB3x", 10, flags) + sides


_Format = tuple[Callable[[bytes], bool], Callable[[bytes], Iterator[bytes]], Callable[[bytes, bytes], bytes]]
_FORMATS: tuple[_Format, ...] = (
    (_is_jpeg, _read_jpeg, _write_jpeg),
    (_is_png, _read_png, _write_png),
    (_is_webp, _read_webp, _write_webp),
)
