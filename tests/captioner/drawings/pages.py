"""Pages of text from scanners and cameras."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.captioner.drawings.sheet import Sheet, picture, typeface

PAPERS = ("#ffffff", "#fbfaf5", "#f2e8cf", "#ececec", "#d8c7a0")


def on_paper(fill):
    def maker(random):
        paper = PAPERS[random.integers(len(PAPERS))]
        sheet = Sheet(
            random, float(random.choice((0.7, 0.71, 1, 1.4))), (paper, "#1a1a1a", "#1f3a8a", "#8b1a1a", "#2b2b2b")
        )
        fill(sheet, random)
        return (as_printed, flatbed, flatbed, fax, telephone, telephone, curled)[random.integers(7)](
            sheet.done(), random
        )

    return maker


def as_printed(page, random):
    return page


def flatbed(page, random):
    values = np.asarray(page.rotate(random.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, fillcolor="#f0f0f0"), float)
    through = values[:, ::-1] * 0.06 + values * 0.94  # the other side shines through
    return picture(through + random.normal(0, random.uniform(1, 6), values.shape))


def fax(page, random):
    small = page.convert("L").resize([max(60, side // 2) for side in page.size])
    return picture(np.asarray(small, float) + random.normal(0, 25, small.size[::-1])).convert(
        "1", dither=Image.Dither.NONE
    )


def telephone(page, random):
    wide, high = page.size
    shift = random.uniform(-0.1, 0.1, 8)
    # x' = (a x + b y + c) / (g x + h y + 1)
    coefficients = (1.1 + shift[0], shift[1], -0.06 * wide, shift[2], 1.1 + shift[3], -0.06 * high,
                    shift[4] * 1e-3, shift[5] * 1e-3)  # fmt: skip
    table = tuple(int(c) for c in random.integers(20, 220, 3))
    seen = page.transform(
        page.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=table
    )
    x, y = np.meshgrid(np.linspace(-1, 1, wide), np.linspace(-1, 1, high))
    light = 0.9 - 0.25 * np.hypot(x - random.uniform(-1, 1), y - random.uniform(-1, 1))
    light -= 0.2 * (x * random.uniform(-1, 1) + y > random.uniform(0.2, 1.5))
    light = np.asarray(picture(light * 255).convert("L").filter(ImageFilter.GaussianBlur(6)), float) / 255
    seen = seen.filter(ImageFilter.GaussianBlur(random.uniform(0, 1.2)))
    return picture(np.asarray(seen, float) * light[..., None] * (1, 0.97, 0.9) + random.normal(0, 4, (high, wide, 3)))


def curled(page, random):
    values = np.asarray(page, float)
    high, wide = values.shape[:2]
    lift = 0.04 * high * np.sin(np.linspace(0, np.pi * random.uniform(1, 3), wide))
    rows = np.clip(np.arange(high)[:, None] + lift[None].astype(int), 0, high - 1)
    bent = values[rows, np.arange(wide)[None]]
    return picture(
        bent * (0.85 + 0.15 * np.cos(np.linspace(0, 5, wide)))[None, :, None] + random.normal(0, 3, bent.shape)
    )


@on_paper
def novel(sheet, random):
    sheet.lines_of_text(12, 10, 76, sheet.bottom - 10, sheet.between(2, 4))


@on_paper
def poem(sheet, random):
    for verse in range(3):
        for line in range(4):
            sheet.write(20, 20 + verse * 28 + line * 6, sheet.latin(int(random.integers(4, 7))), 3.6)


@on_paper
def dictionary(sheet, random):
    for column in range(3):
        y = 8.0
        while y < sheet.bottom - 6:
            sheet.write(5 + 31 * column, y, sheet.latin(1).lower(), 2.4, face="LiberationSerif-Bold.ttf")
            y = sheet.lines_of_text(6 + 31 * column, y, 26, y + sheet.between(5, 16), 1.8) + 2.5


@on_paper
def sheet_music(sheet, random):
    for top in np.arange(10, sheet.bottom - 14, 16):
        for line in range(5):
            sheet.path([(6, top + 1.6 * line), (sheet.right - 6, top + 1.6 * line)], None, 0.12)
        for x in np.arange(12, sheet.right - 8, sheet.between(3, 6)):
            y = top + 0.8 * float(random.integers(0, 9))
            sheet.oval(x, y, 0.9, 0.7, sheet.dark if random.random() < 0.8 else None, sheet.dark, 0.2)
            sheet.path([(x + 0.8, y), (x + 0.8, y - 5)], None, 0.2)


@on_paper
def cursive(sheet, random):
    for y in np.arange(12, sheet.bottom - 6, sheet.between(6, 10)):
        x = np.linspace(8, 8 + sheet.between(50, 84), 500)
        phase = x * 2.6 + 0.8 * np.sin(x * 0.9)
        high = 1.3 + 1.1 * np.abs(np.sin(x * 0.37 + y)) ** 6 * 2
        gaps = np.flatnonzero(np.sin(x * 0.6 + y) > 0.95)
        points = np.stack((x + 0.6 * np.cos(phase), y + high * np.sin(phase)), 1)
        for part in np.split(points, gaps):
            if len(part) > 3:
                sheet.path(part[1:], sheet.tones[0], 0.3)


@on_paper
def exam(sheet, random):
    y = 8.0
    for number in range(1, 12):
        sheet.write(6, y, f"{number}. {sheet.latin(6)}?", 2.8)
        for choice in "ABCD":
            y += 4.2
            sheet.oval(11, y - 1, 1.1, edge=sheet.dark, thick=0.2, fill=sheet.dark if random.random() < 0.25 else None)
            sheet.write(14, y, f"{choice}) {sheet.latin(3)}", 2.4)
        y += 7


@on_paper
def ledger(sheet, random):
    for y in np.arange(8, sheet.bottom - 4, 4):
        sheet.path([(4, y), (sheet.right - 4, y)], "#9db4c8", 0.15)
        if random.random() < 0.8:
            sheet.write(6, y - 0.6, sheet.latin(2), 2.6, sheet.tones[0], face="LiberationSerif-Italic.ttf")
            sheet.write(sheet.right - 6, y - 0.6, f"{random.uniform(1, 999):.2f}", 2.6, sheet.tones[0], "rs")
    for x in (60, 75, 88):
        sheet.path([(x, 4), (x, sheet.bottom - 4)], "#c06060", 0.15)


@on_paper
def passport(sheet, random):
    sheet.box(5, 8, 28, 36, "#9aa5b1")
    sheet.oval(19, 22, 7, 9, "#6b7480")
    for k in range(7):
        sheet.write(38, 12 + 7 * k, sheet.latin(1).upper(), 3)
    for k in range(2):
        text = "".join(random.choice(list("<<<<ABCDEFGHIJKL0123456789"), 36))
        sheet.write(5, 62 + 6 * k, text, 4, face="LiberationMono-Regular.ttf")


@on_paper
def label(sheet, random):
    sheet.write(50, 16, sheet.latin(2).upper(), 8, None, "mm")
    x = 10.0
    while x < 90:
        wide = float(random.choice((0.5, 1, 1.5)))
        sheet.box(x, 30, wide, 30, sheet.dark)
        x += wide + float(random.choice((0.5, 1, 1.5)))
    sheet.write(50, 66, "4 006381 333931", 5, None, "mm")


@on_paper
def slip(sheet, random):
    sheet.face = "LiberationMono-Regular.ttf"
    for k, y in enumerate(np.arange(10, sheet.bottom - 5, 5)):
        sheet.write(8, y, f"{sheet.latin(1)[:9]:<14}{random.uniform(0, 99):>8.2f}" if k % 6 else "-" * 24, 4.4)


@on_paper
def blackletter_lines(sheet, random):
    sheet.write(14, 22, sheet.latin(1)[0], 18, sheet.tones[1])
    sheet.lines_of_text(10, 26, 80, sheet.bottom - 8, 3.4, gap=1.25, fill=1.05)


def all_signs(random):
    page = Image.new("L", (int(random.integers(250, 900)), int(random.integers(250, 900))), 255)
    pen, size = ImageDraw.Draw(page), int(random.integers(10, 30))
    font = typeface("LiberationSerif-Regular.ttf", size)
    for y in range(4, page.height, int(size * 1.3)):
        pen.text((4, y), "".join(chr(c) for c in random.integers(33, 126, 90)), int(random.integers(0, 80)), font)
    return flatbed(page.convert("RGB"), random)


MAKERS = (
    novel,
    poem,
    dictionary,
    sheet_music,
    cursive,
    exam,
    ledger,
    passport,
    label,
    slip,
    blackletter_lines,
    all_signs,
)
