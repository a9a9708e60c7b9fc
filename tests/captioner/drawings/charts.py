"""Charts of a plotting library in several styles, and some drawn as infographics."""

import io

import numpy as np
from PIL import Image

from tests.captioner.drawings.sheet import Sheet

STYLES = ("default", "ggplot", "seaborn-v0_8", "fivethirtyeight", "dark_background", "bmh", "grayscale", "classic")


def plotted(fill):
    def maker(random):
        import matplotlib.style
        from matplotlib.figure import Figure

        with matplotlib.style.context(STYLES[random.integers(len(STYLES))]):
            figure = Figure(figsize=random.uniform(3, 8, 2), dpi=int(random.integers(60, 130)))
            fill(figure, random)
            file = io.BytesIO()
            figure.savefig(file, format="png")
        return Image.open(file).convert("RGB")

    return maker


@plotted
def violins(figure, random):
    axes = figure.add_subplot()
    axes.violinplot([random.normal(0, s, 200) for s in random.uniform(0.5, 2, random.integers(2, 7))], showmedians=True)
    axes.set_ylabel("score")


@plotted
def hexagons(figure, random):
    axes = figure.add_subplot()
    drawn = axes.hexbin(*random.normal(size=(2, 4000)), gridsize=int(random.integers(12, 40)), cmap="Blues")
    figure.colorbar(drawn)


@plotted
def field_of_arrows(figure, random):
    x, y = np.meshgrid(np.linspace(-2, 2, 18), np.linspace(-2, 2, 18))
    a, b = random.uniform(-1, 1, 2)
    figure.add_subplot().quiver(x, y, -y + a * x, x + b * y)


@plotted
def steps(figure, random):
    axes = figure.add_subplot()
    for name in "abc"[: random.integers(1, 4)]:
        axes.step(range(30), random.normal(size=30).cumsum(), label=f"run {name}")
    axes.legend(loc="best")
    axes.set_title("Loss by epoch")


@plotted
def panels(figure, random):
    for axes in figure.subplots(2, 2).flat:
        way = random.integers(4)
        if way == 0:
            axes.bar(range(6), random.uniform(1, 9, 6), color=f"C{random.integers(6)}")
        elif way == 1:
            axes.plot(random.normal(size=80).cumsum())
        elif way == 2:
            axes.scatter(*random.normal(size=(2, 90)), s=9, alpha=0.6)
        else:
            axes.hist(random.gamma(2, 1, 400), 20)
    figure.tight_layout()


@plotted
def errors(figure, random):
    axes = figure.add_subplot()
    x = np.arange(random.integers(5, 15))
    axes.errorbar(x, random.uniform(2, 8, len(x)), random.uniform(0.2, 1.5, len(x)), fmt="o", capsize=4)
    axes.set(xlabel="dose (mg)", ylabel="response")


@plotted
def streams(figure, random):
    layers = np.abs(random.normal(size=(5, 40)).cumsum(axis=1)) + 1
    figure.add_subplot().stackplot(range(40), layers, labels=list("abcde"), baseline="wiggle")


@plotted
def polar(figure, random):
    axes = figure.add_subplot(projection="polar")
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    axes.bar(angles, random.uniform(1, 9, 24), width=0.25, color=[f"C{k % 7}" for k in range(24)])


@plotted
def matrix(figure, random):
    number = int(random.integers(3, 11))
    values = random.integers(0, 60, (number, number)) + np.eye(number) * 60
    axes = figure.add_subplot()
    axes.imshow(values, cmap=random.choice(["Blues", "Oranges", "viridis"]))
    for row in range(number):
        for column in range(number):
            axes.text(column, row, int(values[row, column]), ha="center", va="center")


@plotted
def spectrogram(figure, random):
    times = np.linspace(0, 4, 8000)
    tone = np.sin(2 * np.pi * (100 + 200 * times) * times) + random.normal(0, 0.5, 8000)
    figure.add_subplot().specgram(tone, Fs=2000)


@plotted
def horizontal(figure, random):
    axes = figure.add_subplot()
    names = ["France", "Japan", "Peru", "Kenya", "Norway", "India", "Chile"][: random.integers(3, 8)]
    axes.barh(names, random.uniform(10, 90, len(names)), color=f"C{random.integers(7)}")
    figure.tight_layout()


def seismogram(random):
    sheet = Sheet(random, 1.6)
    for row in range(int(random.integers(3, 12))):
        x = np.linspace(4, sheet.right - 4, 700)
        burst = np.exp(-(((x - sheet.between(20, 120)) / 12) ** 2)) * sheet.between(2, 9) + 0.4
        y = 8 + row * 8 + burst * random.normal(size=700)
        sheet.path(np.stack((x, y), axis=1), sheet.dark if row % 2 else sheet.tones[0], 0.15)
    return sheet.done()


def infographic(random):
    sheet = Sheet(random, 0.6)
    sheet.box(0, 0, 100, 22, sheet.tones[0])
    sheet.write(50, 13, sheet.latin(3), 7, sheet.ground, "mm")
    for row in range(4):
        y, share = 42 + 32 * row, sheet.between(0.1, 0.9)
        sheet.oval(20, y, 11, fill="#dddddd")
        sheet.sector(20, y, 11, -90, -90 + 360 * share, sheet.tones[1 + row])
        sheet.oval(20, y, 7.5, fill=sheet.ground)
        sheet.write(20, y, f"{share:.0%}", 4, None, "mm")
        sheet.lines_of_text(38, y - 10, 55, y + 10, 3.2)
    return sheet.done()


def waterfall(random):
    sheet = Sheet(random, 1.5)
    level, number = 70.0, 9
    for place in range(number):
        change = sheet.between(-18, 14)
        x, tone = 10 + place * 15, "#2e9e5b" if change < 0 else "#d0433b"
        sheet.box(x, min(level, level + change), 11, max(1, abs(change)), tone)
        sheet.write(x + 5.5, 94, f"Q{place}", 3.5, None, "mm")
        level = min(85, max(20, level + change))
        sheet.path([(x + 11, level), (x + 15, level)], sheet.dark, 0.2)
    sheet.path([(6, 88), (sheet.right - 4, 88)], None, 0.5)
    return sheet.done()


MAKERS = (violins, hexagons, field_of_arrows, steps, panels, errors, streams, polar, matrix, spectrogram, horizontal,
          seismogram, infographic, waterfall)  # fmt: skip
