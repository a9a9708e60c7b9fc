"""Filled outlines in one tone: animals, leaves, hands, boats, as on signs and stamps."""

import numpy as np

from tests.captioner.drawings.sheet import Sheet
from tests.captioner.drawings.sketches import bend

TONES = (("#ffffff", "#000000"), ("#ffffff", "#1a1a1a"), ("#f7f3e8", "#2d2a26"), ("#000000", "#ffffff"),
         ("#ffe0b2", "#3e2723"), ("#e3f2fd", "#0d2c54"))  # fmt: skip
HORSE = [(8, 40), (14, 30), (30, 27), (52, 29), (64, 22), (72, 8), (76, 12), (88, 22), (84, 27), (76, 24), (72, 36),
         (70, 46), (74, 62), (72, 84), (68, 84), (66, 62), (58, 50), (36, 52), (30, 62), (32, 84), (27, 84), (22, 60),
         (16, 48), (10, 56), (6, 70), (4, 60)]  # fmt: skip
BIRD = [(4, 52), (20, 44), (34, 30), (30, 8), (48, 26), (66, 34), (82, 30), (96, 36), (84, 42), (74, 54), (52, 66),
        (30, 62), (18, 60)]  # fmt: skip
FISH = [(6, 50), (22, 32), (48, 26), (70, 40), (92, 24), (86, 50), (92, 76), (70, 60), (48, 74), (22, 68)]
BOAT = [(6, 64), (46, 64), (46, 10), (84, 60), (50, 62), (94, 66), (80, 84), (20, 84)]
LEAF = [(50, 96), (49, 70), (20, 66), (32, 58), (8, 40), (28, 40), (24, 20), (42, 32), (50, 4), (58, 32), (76, 20),
        (72, 40), (92, 40), (68, 58), (80, 66), (51, 70)]  # fmt: skip


def outlined(points):
    def maker(random):
        ground, ink = TONES[random.integers(len(TONES))]
        sheet = Sheet(random, None, (ground, ink, "#cc3333", "#3366aa"))
        size = sheet.between(0.5, 0.95)
        placed = np.array(points, float) * size + random.normal(0, 1.2, (len(points), 2))
        if random.random() < 0.5:
            placed[:, 0] = 100 * size - placed[:, 0]
        placed += ((sheet.right - 100 * size) / 2, (sheet.bottom - 100 * size) / 2)
        closed = np.vstack((placed, placed[:1]))
        sheet.area(bend(closed) if random.random() < 0.7 else closed, sheet.dark)
        return sheet.done()

    return maker


MAKERS = tuple(outlined(points) for points in (HORSE, BIRD, FISH, BOAT, LEAF))
