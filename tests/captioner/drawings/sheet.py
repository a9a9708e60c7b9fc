"""A sheet that is drawn on at three times its size, shapes from distances, and what wears a picture down."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont

OVER = 3
PALETTES = (
    ("#ffffff", "#111827", "#2563eb", "#dc2626", "#16a34a", "#f59e0b", "#7c3aed"),
    ("#fafafa", "#212121", "#3f51b5", "#009688", "#ff5722", "#607d8b", "#ffc107"),
    ("#0d1117", "#c9d1d9", "#58a6ff", "#3fb950", "#d29922", "#f85149", "#bc8cff"),
    ("#fdf6e3", "#586e75", "#268bd2", "#2aa198", "#b58900", "#cb4b16", "#d33682"),
    ("#282a36", "#f8f8f2", "#50fa7b", "#ff79c6", "#8be9fd", "#ffb86c", "#bd93f9"),
    ("#f1f5f9", "#334155", "#0ea5e9", "#e11d48", "#84cc16", "#a855f7", "#14b8a6"),
    ("#fff8f0", "#3e2723", "#8d6e63", "#ef6c00", "#c62828", "#558b2f", "#00838f"),
    ("#ffffff", "#000000", "#333333", "#666666", "#999999", "#bbbbbb", "#cccccc"),
)
TYPEFACES = (
    "LiberationSans-Regular.ttf",
    "LiberationSerif-Regular.ttf",
    "LiberationMono-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSansNarrow-Regular.ttf",
)
LATIN = [
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "consectetur",
    "adipiscing",
    "elit",
    "sed",
    "do",
    "eiusmod",
    "tempor",
    "incididunt",
    "ut",
    "labore",
    "et",
    "dolore",
    "magna",
    "aliqua",
    "enim",
    "ad",
    "minim",
    "veniam",
    "quis",
    "nostrud",
    "exercitation",
    "ullamco",
    "laboris",
    "nisi",
    "aliquip",
    "ex",
    "ea",
    "commodo",
]


class Sheet:
    """Coordinates run from 0 to 100 along the shorter side; `right` and `bottom` are where the sheet ends."""

    def __init__(self, random, shape=None, palette=None):
        shape = shape or float(random.choice((0.6, 0.75, 1, 1.33, 1.5, 1.78)))
        shorter = int(random.integers(180, 640))
        self.random = random
        self.k = shorter * OVER / 100
        self.right, self.bottom = 100 * max(1, shape), 100 * max(1, 1 / shape)
        colours = palette or PALETTES[random.integers(len(PALETTES))]
        self.ground, self.dark, *self.tones = colours
        self.face = TYPEFACES[random.integers(len(TYPEFACES))]
        size = (int(self.right * self.k), int(self.bottom * self.k))
        self.image = Image.new("RGB", size, self.ground)
        self.pen = ImageDraw.Draw(self.image)

    def tone(self):
        return self.tones[self.random.integers(len(self.tones))]

    def between(self, low, high):
        return float(self.random.uniform(low, high))

    def _scaled(self, numbers):
        return [float(number) * self.k for number in np.ravel(numbers)]

    def box(self, x, y, wide, high, fill=None, edge=None, thick=0.3, round_=0):
        if wide > 0 and high > 0:
            corners = self._scaled((x, y, x + wide, y + high))
            self.pen.rounded_rectangle(corners, round_ * self.k, fill, edge, max(1, int(thick * self.k)))

    def oval(self, x, y, a, b=None, fill=None, edge=None, thick=0.3):
        b = a if b is None else b
        self.pen.ellipse(self._scaled((x - a, y - b, x + a, y + b)), fill, edge, max(1, int(thick * self.k)))

    def path(self, points, colour=None, thick=0.4):
        self.pen.line(self._scaled(points), colour or self.dark, max(1, int(thick * self.k)), joint="curve")

    def area(self, points, fill):
        self.pen.polygon(self._scaled(points), fill)

    def sector(self, x, y, r, start, end, fill):
        self.pen.pieslice(self._scaled((x - r, y - r, x + r, y + r)), start, end, fill)

    def write(self, x, y, text, size=3, colour=None, anchor="ls", face=None):
        self.pen.text(
            (x * self.k, y * self.k), text, colour or self.dark, typeface(face or self.face, size * self.k), anchor
        )

    def latin(self, number):
        return " ".join(self.random.choice(LATIN, number)).capitalize()

    def lines_of_text(self, x, y, wide, bottom, size=2.5, colour=None, gap=1.5, fill=0.95):
        number = 0
        while y + size < bottom and number < 120:
            text = self.latin(max(1, int(wide / size / 2.9 * self.between(fill * 0.9, fill))))
            self.write(x, y + size, text, size, colour)
            y += size * gap
            number += 1
        return y

    def done(self):
        return self.image.resize([side // OVER for side in self.image.size], Image.Resampling.LANCZOS)


def typeface(name, size):
    try:
        return ImageFont.truetype(name, max(8, int(size)))
    except OSError:  # not every machine has it
        return ImageFont.load_default(max(8, int(size)))


def plane(random, low=200, high=640):
    """Coordinates x and y from about -1 to 1, each (h, w)."""
    wide, high_ = (int(side) for side in random.integers(low, high, 2))
    x, y = np.meshgrid(np.arange(wide) - wide / 2, np.arange(high_) - high_ / 2)
    return 2 * x / min(wide, high_), 2 * y / min(wide, high_)


def paint(layers, ground):
    """Lay (distance, colour) on a ground: a shape is where its distance is below 0, with an edge a pixel wide."""
    step = 2 / min(layers[0][0].shape)
    out = np.broadcast_to(np.asarray(ground, float), (*layers[0][0].shape, 3))
    for distance, colour in layers:
        cover = np.clip(0.5 - distance / step, 0, 1)[..., None]
        out = out * (1 - cover) + np.asarray(colour, float) * cover
    return picture(out)


def picture(values):
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).convert("RGB")


def worn(image, random):
    """As it comes from the web: as it is, as JPEG, as GIF, scaled."""
    image = image.convert("RGB")
    if random.random() < 0.2:
        factor = random.uniform(0.5, 1.4)
        longer = max(image.size) * factor
        factor *= min(1, 1500 / longer) * max(1, 160 / longer)
        image = image.resize([max(8, int(side * factor)) for side in image.size], Image.Resampling.BILINEAR)
    way = random.integers(5)
    if way < 2:
        return image
    file = io.BytesIO()
    if way < 4:
        image.save(file, "JPEG", quality=int(random.integers(30, 93)))
    else:
        image.save(file, "GIF")
    return Image.open(file).convert("RGB")
