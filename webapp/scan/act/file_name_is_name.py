"""ACT rule 9eb3f6: where an image's name is its file's name, that loses nothing. Superseded by qt1vmo.

Whether a word that is also the file's name describes the picture can only be seen. Without eyes it is known that a hash
or a name with an ending describes nothing, and that a link to download that very file is rightly called by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.alttext.lint import lint
from webapp.scan.act.outcome import Outcome, Rule, Target
from webapp.scan.act.shared import elements, files_of, is_included
from webapp.scan.urls import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Element

    from webapp.scan.collect import Reader


def targets(reader: Reader) -> Iterator[Target]:
    """img elements and image buttons that are told, by the name of one of their files."""
    for element, attributes in elements(reader, "img, input"):
        is_button = element.tag == "input"
        if is_button and attributes.get("type", "").lower() != "image":
            continue
        name = reader.names.of(element, attributes).text
        files = {_plain(file_name(one.address)) for one in files_of(reader, element, attributes)}
        if name and _plain(name) in files and is_included(reader, element, attributes):
            yield Target(element, _outcome(reader, element, name))


def _outcome(reader: Reader, element: Element, name: str) -> Outcome:
    link = reader.around.of(element).link
    if link is not None and "download" in link.attrs and _plain(file_name(link.attr("href") or "")) == _plain(name):
        return "passed"
    return "failed" if any(problem.rule == "alt-file-name" for problem in lint(name)) else "cantTell"


def _plain(text: str) -> str:
    return text.strip().lower()


RULE = Rule("9eb3f6", "Image filename is accessible name for image", "1.1.1", targets, deprecated=True)
