"""Pictures that are no photographs, for testing: written apart from those for fitting, in other ways."""

import zlib

import numpy as np

from tests.captioner.drawings import charts, empty, logos, outlines, pages, schemes, screens, sketches, static
from tests.captioner.drawings.sheet import Sheet, worn

MAKERS = {
    "screenshot": screens.MAKERS,
    "chart": charts.MAKERS,
    "logo": logos.MAKERS,
    "text_scan": pages.MAKERS,
    "blank": empty.MAKERS,
    "noise": static.MAKERS,
    "line_drawing": sketches.MAKERS,
    "diagram": schemes.DIAGRAMS,
    "map": schemes.MAPS,
    "icon": schemes.ICONS,
    "silhouette": outlines.MAKERS,
    "illustration": schemes.ILLUSTRATIONS,
}
KINDS = tuple(MAKERS)


def draw(kind, seed):
    """A picture of a kind, RGB; seeds that follow each other take the kind's makers in turn."""
    random = np.random.default_rng([seed, zlib.adler32(kind.encode())])
    makers = MAKERS[kind]
    return worn(makers[seed % len(makers)](random), random)


__all__ = ["KINDS", "MAKERS", "Sheet", "draw"]
