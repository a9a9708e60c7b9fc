"""The alt text inside files: of Pillow's making, and hostile ones."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tests.test_architecture import loaded_after
from webapp.metadata.alt_text import read_alt_text, with_alt_text
from webapp.metadata.files import LARGEST_PACKET, NotWritable, read_packet
from webapp.metadata.xmp import alt_text, packet_with

TEXT = 'Ein "roter" Würfel <b> & 🎲 ]]>'
FORMATS = {
    "jpeg": ("JPEG", "RGB", {}),
    "progressive": ("JPEG", "L", {"progressive": True, "exif": Image.Exif()}),
    "png": ("PNG", "RGBA", {}),
    "webp": ("WEBP", "RGB", {"quality": 60}),
    "webp-alpha": ("WEBP", "RGBA", {"quality": 60}),
    "webp-lossless": ("WEBP", "RGB", {"lossless": True}),
    "webp-lossless-alpha": ("WEBP", "RGBA", {"lossless": True}),
}


def picture(kind="jpeg", size=(33, 21), **more):
    name, mode, options = FORMATS[kind]
    image = Image.effect_noise(size, 80).convert(mode)
    if "A" in mode:
        image.putalpha(Image.linear_gradient("L").resize(size))
    stream = io.BytesIO()
    image.save(stream, name, **options, **more)
    return stream.getvalue()


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("size", [(33, 21), (16, 16), (1, 1)])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_text_is_written_without_touching_a_pixel(kind, size):
    before = picture(kind, size)
    after = with_alt_text(before, TEXT, "de")
    assert read_alt_text(before) == ""
    assert read_alt_text(after, "de") == read_alt_text(after, "en") == TEXT
    old, new = opened(before), opened(after)
    assert (new.size, new.mode, new.tobytes()) == (old.size, old.mode, old.tobytes())
    packet = new.info.get("xmp") or new.info.get("XML:com.adobe.xmp", "").encode()
    assert packet == packet_with(TEXT, "de"), "another reader finds it too"


@pytest.mark.parametrize("kind", FORMATS)
def test_what_another_program_wrote_is_read(kind):
    packet = packet_with(TEXT, "de")
    if kind == "png":
        for compressed in (False, True):
            info = PngImagePlugin.PngInfo()
            info.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=compressed)
            assert read_alt_text(picture(kind, pnginfo=info)) == TEXT
    else:
        assert read_alt_text(picture(kind, xmp=packet)) == TEXT


def packet(inside, before=""):
    return (
        f'{before}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"><rdf:Description rdf:about="">'
        f"{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def alternatives(*pairs):
    items = "".join(f'<rdf:li xml:lang="{lang}">{text}</rdf:li>' for lang, text in pairs)
    return f"<i:AltTextAccessibility><rdf:Alt>{items}</rdf:Alt></i:AltTextAccessibility>"


def test_the_language_of_the_image_counts_then_the_default_then_the_first():
    pairs = [("fr-CA", "un"), ("x-default", "default"), ("de", "eins")]
    assert [alt_text(packet(alternatives(*pairs)), lang) for lang in ("de-AT", "fr", "es")] == ["eins", "un", "default"]
    assert alt_text(packet(alternatives(("fr", "un"), ("de", "eins"))), "es") == "un"


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A caption</rdf:li></rdf:Alt></dc:description>',
        "<photoshop:Credit>Somebody</photoshop:Credit><photoshop:Headline>News</photoshop:Headline>",
        "<i:ExtDescrAccessibility><rdf:Alt><rdf:li>Long</rdf:li></rdf:Alt></i:ExtDescrAccessibility>",
        alternatives(("x-default", " \n ")),
        "<i:AltTextAccessibility>no alternatives</i:AltTextAccessibility>",
    ],
)
def test_captions_credits_and_the_like_are_no_alt_text(inside):
    assert alt_text(packet(inside), "en") == ""


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    "data",
    [
        packet(alternatives(("x-default", "&b;")), BOMB),
        packet(alternatives(("x-default", "&e;")), "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"),
        packet(alternatives(("x-default", "text")), "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/'>"),
        packet("<i:AltTextAccessibility>" + "<rdf:Alt>" * 60 + "<rdf:li>deep</rdf:li>" + "</rdf:Alt>" * 60),
        packet("<x>" * 80_000),
        packet(alternatives(("x-default", "&unknown;"))),
        packet(alternatives(("x-default", "text")))[:-20],
        b"<?xml version='1.0' encoding='no-such'?><x/>",
        b"\xff\xfe\x00",
        b"",
    ],
    ids=["bomb", "file", "external", "deep", "endless", "entity", "cut", "encoding", "bytes", "nothing"],
)
def test_a_hostile_or_broken_packet_has_no_text(data):
    assert alt_text(data, "en") == ""


def test_a_packet_that_is_too_large_is_not_read():
    assert read_packet(picture("webp", xmp=packet(alternatives(("en", "x" * LARGEST_PACKET))))) == b""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "x" * 50_000_000, zip=True)  # 50 kB in the file
    assert read_packet(picture("png", pnginfo=info)) == b""


@pytest.mark.parametrize(("parts", "wanted"), [(15_000, TEXT), (1_000_000, "")])
@pytest.mark.parametrize(
    ("kind", "begin", "part"),
    [
        ("jpeg", 2, b"\xff\xfe\x00\x02"),
        ("png", 8, bytes(4) + b"teXt" + bytes(4)),
        ("webp", 12, b"ODD " + bytes(4)),
    ],
)
def test_of_a_file_of_millions_of_parts_only_the_first_are_looked_at(kind, begin, part, parts, wanted):
    file = with_alt_text(picture(kind), TEXT, "de")
    assert read_alt_text(file[:begin] + part * parts + file[begin:]) == wanted


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_is_cut_short_anywhere_is_no_crash(kind):
    whole = with_alt_text(picture(kind), TEXT, "de")
    for end in range(0, len(whole), 3):
        assert read_alt_text(whole[:end]) in ("", TEXT)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", b"GIF89a"]),
    st.binary(max_size=200) | st.lists(st.sampled_from([b"iTXt", b"XML:com.adobe.xmp\x00", b"\x01\x00", b"\x00" * 4,
        b"\x00\x00\x00\x10", b"XMP ", b"VP8X", b"\xff\xe1\x00\x20", b"http://ns.adobe.com/xap/1.0/\x00"])).map(b"".join),
)  # fmt: skip
def test_no_bytes_are_a_crash(head, rest):
    assert read_alt_text(head + rest) == ""
    try:
        written = with_alt_text(head + rest, "text", "en")
    except NotWritable:
        return
    assert written != head + rest


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(20), b"RIFF\x00\x00\x00\x00WEBPALPH", b"\x89PNG\r\n\x1a\n"])
def test_into_other_files_nothing_is_written(data):
    with pytest.raises(NotWritable):
        with_alt_text(data, "text", "en")


def test_a_text_that_no_segment_holds_is_refused():
    with pytest.raises(NotWritable):
        with_alt_text(picture("jpeg"), "é" * 20_000, "en")
    assert read_alt_text(with_alt_text(picture("png"), "é" * 2000, "en")) == "é" * 2000


def test_control_characters_are_not_written():
    assert read_alt_text(with_alt_text(picture(), "a\x00b\x0b\ud800c\nd", "en")) == "abc\nd"


def test_a_png_chunk_has_its_checksum():
    data = with_alt_text(picture("png"), "text", "en")
    begin = data.index(b"iTXt")
    (length,) = struct.unpack_from(">I", data, begin - 4)
    (crc,) = struct.unpack_from(">I", data, begin + 4 + length)
    assert crc == zlib.crc32(data[begin : begin + 4 + length])


def test_it_loads_neither_django_nor_a_decoder():
    assert not loaded_after("import webapp.metadata.alt_text") & {"django", "PIL", "numpy"}
