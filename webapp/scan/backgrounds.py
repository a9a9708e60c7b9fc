"""Backgrounds of CSS: content where an element holds nothing else and says so, decoration everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from webapp.scan import lazy
from webapp.scan.aria import explicit_role, semantic_role
from webapp.scan.elements import attributes_of
from webapp.scan.errors import TooManyImages
from webapp.scan.images import Use
from webapp.scan.srcset import Candidate
from webapp.scan.styles import addresses
from webapp.scan.urls import resolved

if TYPE_CHECKING:
    from turbohtml import Element

    from webapp.scan.collect import Reader
    from webapp.scan.context import Contexts
    from webapp.scan.images import Collection

_HOLDING: Final = "img, svg, picture, video, canvas, object, iframe, input, select, textarea, button"
_STYLED: Final = ", ".join(('[style*="background" i][style*="url(" i]', *(f"[{one}]" for one in lazy.BACKGROUNDS)))


def add(reader: Reader, contexts: Contexts, collection: Collection, most: int) -> None:
    """Add the backgrounds that carry content to the uses, in their place, and count the others."""
    elements = dict.fromkeys(reader.page.document.select(_STYLED))
    elements.update(dict.fromkeys(reader.styles.backgrounds()))
    number = 0
    known = {use.element: use for use in collection.uses}
    added: list[Use] = []
    for element in elements:
        attributes = attributes_of(element)
        found = _addresses(reader, element, attributes)
        around = reader.around.of(element)
        if not found or around.template:
            continue
        if element in known:  # role=img with a background: the file belongs to the use that is there
            use = known[element]
            if not use.address:
                use.address = found[0]
                use.candidates = tuple(Candidate(address, "background") for address in found)
            continue
        if element.tag in ("html", "body") or not _is_content(reader, element, attributes):
            collection.decorative_backgrounds += 1
            continue
        number += 1
        if number > most:
            raise TooManyImages(f"The page has more than {most:,} images. Scan its parts one by one.")
        line, column = element.position or (1, 0)
        added.append(
            Use(
                key=f"background-{number}",
                kind="background",
                element=element,
                attributes=attributes,
                address=found[0],
                candidates=tuple(Candidate(address, "background") for address in found),
                context=contexts.of(element, around, None),
                title=attributes.get("title", "").strip(),
                name=reader.names.of(element, attributes),
                role=semantic_role(element, attributes),
                exposed=not (around.hidden or around.aria_hidden),
                hidden=around.hidden,
                aria_hidden=around.aria_hidden,
                unseen=around.unseen,
                line=line,
                column=column + 1,
            )
        )
    if added:
        collection.uses.extend(added)
        collection.uses.sort(key=lambda use: (use.line, use.column))
        for order, use in enumerate(collection.uses):
            use.order = order


def _addresses(reader: Reader, element: Element, attributes: dict[str, str]) -> list[str]:
    style = attributes.get("style")
    values = [reader.styles.get(element, style, name) for name in ("background-image", "background")]
    found = [resolved(address, reader.base) for value in values if value for address in addresses(value)]
    found += [resolved(attributes[name], reader.base) for name in lazy.BACKGROUNDS if attributes.get(name)]
    return [address for address in found if address]


def _is_content(reader: Reader, element: Element, attributes: dict[str, str]) -> bool:
    """Empty of text and of other pictures, and with a role, a label, a link around it or a size of its own."""
    if element.select_one(_HOLDING) is not None or element.text.strip():
        return False
    if explicit_role(attributes.get("role", "")) or attributes.get("aria-label") or attributes.get("title"):
        return True
    around = reader.around.of(element)
    if around.link is element or around.button is element:
        return True
    style = attributes.get("style")
    return all(reader.styles.get(element, style, name) not in ("", "0", "auto", "0px") for name in ("width", "height"))
