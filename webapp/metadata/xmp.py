"""The alt text in an XMP packet, which is XML from strangers.

It is read by expat's events, with no tree: only what stands inside the one property is kept, of a packet whose size is
bounded (``files.LARGEST_PACKET``). A document type is refused before anything of it takes effect, so there are no
entities to expand and nothing to fetch; nesting is bounded. So no other library is needed to make XML harmless.
"""

from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_IPTC = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_PROPERTY = f"{_IPTC} AltTextAccessibility"
_ITEM = f"{_RDF} li"
_LANG = "http://www.w3.org/XML/1998/namespace lang"
_DEFAULT = "x-default"
_DEEPEST = 50


class _Refused(Exception):  # noqa: N818 - not an error of ours
    """The packet is more than a packet needs to be."""


def alt_text(packet: bytes, lang: str) -> str:
    """The text of the property in the language, else its default, else its first; "" where there is none.

    A packet that is no XML, or no honest one, has none.
    """
    texts = _texts(packet)
    primary = lang.partition("-")[0].lower()
    for language, text in texts:
        if language.partition("-")[0] == primary:
            return text
    return dict(reversed(texts)).get(_DEFAULT) or (texts[0][1] if texts else "")


def packet_with(text: str, lang: str) -> bytes:
    """A packet that holds the text and nothing else."""
    said = escape("".join(character for character in text if character.isprintable() or character in "\n\t"))
    items = "".join(f"<rdf:li xml:lang={quoteattr(one)}>{said}</rdf:li>" for one in (_DEFAULT, lang))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f'<rdf:Description rdf:about="" xmlns:Iptc4xmpCore="{_IPTC}">'
        f"<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>{items}</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _texts(packet: bytes) -> list[tuple[str, str]]:
    """(language in lower case, text) of each alternative of the property."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(packet.strip(b"\x00 \t\r\n"), True)
    except (expat.ExpatError, _Refused, ValueError, LookupError):  # the latter two: of a declared encoding
        return []
    return [(lang, text) for lang, text in reader.found if text]


def _refuse(*_: object) -> None:
    raise _Refused


class _Reader:
    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._depth = 0
        self._property = 0  # the depth at which it stands; 0 outside of it
        self._item: tuple[str, list[str]] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused
        if name == _PROPERTY and not self._property:
            self._property = self._depth
        elif name == _ITEM and self._property:
            self._item = (attributes.get(_LANG, _DEFAULT).lower(), [])

    def end(self, name: str) -> None:
        if name == _ITEM and self._item is not None:
            lang, parts = self._item
            self.found.append((lang, "".join(parts).strip()))
            self._item = None
        if self._depth == self._property:
            self._property = 0
        self._depth -= 1

    def text(self, text: str) -> None:
        if self._item is not None:
            self._item[1].append(text)
