"""Clues that an image is a chart, a diagram or a map: what needs its data or its message in words beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from webapp.scan.elements import one_line
from webapp.scan.said import SEEN, folders_of, heads_of_classes, holders_of, name_words_of, words_of
from webapp.scan.urls import tokens

if TYPE_CHECKING:
    from webapp.scan.images import Use

# What such drawings are called, also in other languages; only words that seldom mean anything else in a file's name.
_NAMES: Final = frozenset((
    "chart", "charts", "graph", "diagram", "diagrams", "infographic", "flowchart", "histogram", "piechart", "barchart",
    "schematic", "floorplan", "organigram", "timeline", "heatmap", "scatterplot", "boxplot", "map", "sitemap", "gantt",
    "workflow", "uml", "topology", "isobars", "mindmap", "orgchart", "linechart", "roadmap",
    "diagramm", "schaubild", "infografik", "organigramm", "grundriss", "lageplan", "stadtplan", "landkarte",
    "zeitstrahl", "flussdiagramm", "kreisdiagramm", "balkendiagramm", "diagramme", "organigramme", "infographie",
    "diagrama", "mapa", "organigrama", "infografía", "infografia", "esquema", "diagramma", "mappa", "planimetria",
    "organigramma", "infografica", "grafiek", "plattegrond", "diagrammet", "wykres", "schemat", "диаграмма", "схема",
    "карта", "график", "инфографика", "خريطة", "مخطط", "تخطيطي", "תרשים", "מפה", "図",
    "地図", "图表", "地图", "圖表", "地圖",
))  # fmt: skip
# Words that mean such a drawing only beside another word of the same name.
_PAIRS: Final = {
    "plan": frozenset(
        (
            "floor",
            "site",
            "seating",
            "street",
            "level",
            "ground",
            "venue",
            "city",
            "lay",
            "out",
            "acces",
            "accès",
            "situation",
            "metro",
            "quartier",
        )
    ),
    "tree": frozenset(("family", "decision", "phylogenetic", "dependency", "call", "genealogical")),
    "structure": frozenset(("org", "organisation", "organization", "organisational", "organizational", "data")),
    "flow": frozenset(("process", "data", "control", "user", "call")),
    "model": frozenset(("er", "class", "entity", "domain", "relationship")),
    "architecture": frozenset(("system", "software", "network", "model", "overview", "application", "cloud")),
}
_NOT_NAMES: Final = frozenset(("icon", "icons", "marker", "pin", "logo", "button", "btn", "thumb"))
_FOLDERS: Final = frozenset(("charts", "graphs", "diagrams", "maps", "plots", "uml", "infographics"))
# Boxes that scripts and generators of diagrams make.
_DRAWN: Final = frozenset((
    "mermaid", "graphviz", "plantuml", "inheritance", "highcharts", "apexcharts", "echarts", "chartjs", "flowchart",
))  # fmt: skip
_MAP: Final = re.compile(r"[/.]static-?maps?[./?]|//api\.mapbox\.com/styles/", re.IGNORECASE)
_NUMBER: Final = r"(?:fig(?:ure|\.)?|abb(?:ildung|\.)?|gráfico|図) ?[\d.]+ ?[:.]? ?"
_CAPTION: Final = re.compile(
    rf"(?:{_NUMBER})?(?:(?:an?|the) )?(?:[\w-]+ ){{0,2}}"
    r"(chart|graph|diagram|infographic|flow ?chart|histogram|map|timeline|floor plan|plot|schematic|diagramm|schaubild"
    r"|infografik|landkarte|diagramme|diagrama|mapa|diagramma|mappa|wykres|диаграмма|схема|карта|график)\b"
    r"|رسم بياني|خريطة|מפה|תרשים|图表|地图|図表|地図"
    r"|(?:table|tab\.|tabelle|tableau|tabla)\s*\d",
    re.IGNORECASE,
)
# All of them are asked of texts with single spaces.
# As newspapers sign what they drew: "Map: The Herald".
_SIGNED: Final = re.compile(r"(?:^|[.\s(])(?:map|chart|graphic|graphics|infographic|grafik|karte|infographie):\s", re.I)
# A numbered figure that sets numbers against each other is drawn, not photographed.
_NUMBERED: Final = re.compile(_NUMBER, re.IGNORECASE)
_MEASURED: Final = re.compile(
    r"\b(?:vs\.?|versus|against|as a function of|over time|per (?:year|month|day|week|hour|capita|\w+ and \w+)"
    r"|distribution|per ?cent(?:age)?|rates?|mean|median|average|number of|confidence intervals?|correlation|accuracy"
    r"|diagram\w*|charts?|graphs?|plots?|in abhängigkeit|anteile?|anzahl|verteilung"
    r"|nombre d\w*|par (?:an|mois|jour)|évolution|répartition|número de|por (?:año|mes|día)"
    r"|architecture|pipeline|overview of|workflow|framework|taxonomy|hierarchy)\b|%",
    re.IGNORECASE,
)


def is_complex(use: Use, *, is_small: bool) -> bool:
    """A chart, diagram or map, by a word of its file, its class, its caption or its text, or by a longdesc.

    Args:
        use: of an image.
        is_small: it is declared as small as an icon, which shows no data.
    """
    attributes = use.attributes
    if attributes.get("longdesc") or attributes.get("usemap"):
        return True
    words = words_of(use)
    if not words & _NOT_NAMES and _is_called_so(use, is_small=is_small):
        return True
    if _MAP.search(use.address[:SEEN]) or (not is_small and (words | holders_of(use)) & _DRAWN):
        return True
    if use.context.figcaption and _is_captioned_so(use.context.figcaption):
        return True
    # Its author calls it so: "Map of the campus", but not "Map pin".
    told = one_line(use.alt, SEEN) if use.alt and not is_small else ""
    return bool(told) and _CAPTION.match(told) is not None and tokens(told).isdisjoint(_NOT_NAMES)


def _is_called_so(use: Use, *, is_small: bool) -> bool:
    words = name_words_of(use)
    if words & _NAMES or heads_of_classes(use) & (_NAMES - {"timeline", "roadmap"}):
        return True
    if any(beside & words for word, beside in _PAIRS.items() if word in words):
        return True
    return not is_small and bool(folders_of(use) & _FOLDERS)


def _is_captioned_so(caption: str) -> bool:
    if _CAPTION.match(caption) or _SIGNED.search(caption):
        return True
    return _NUMBERED.match(caption) is not None and _MEASURED.search(caption) is not None
