"""The author's own alt text in a picture's file, and ours in a copy of it."""

from webapp.metadata.files import read_packet, with_packet
from webapp.metadata.xmp import alt_text, packet_with


def read_alt_text(data: bytes, lang: str = "en") -> str:
    """What the author wrote as "Alt Text (Accessibility)"; "" for nothing. Never a caption, a headline or a credit."""
    packet = read_packet(data)
    return alt_text(packet, lang) if packet else ""


def with_alt_text(data: bytes, text: str, lang: str) -> bytes:
    """The JPEG, PNG or WebP file with the text in it, its pixels bit for bit as they were. It must hold no XMP yet.

    Raises:
        NotWritable: the file is another or damaged, or the text too long for it.
    """
    return with_packet(data, packet_with(text, lang))
