"""Screens: programs, pages and telephones."""

import numpy as np

from tests.captioner.drawings.sheet import Sheet

GREY = "#8a8f98"


def spreadsheet(random):
    sheet = Sheet(random, 1.6, ("#ffffff", "#222222", "#217346", "#d9ead3", "#fff2cc", "#f4cccc", "#cfe2f3"))
    sheet.box(0, 0, sheet.right, 9, "#217346")
    sheet.write(4, 6, "Book1", 4, "#ffffff")
    for row, y in enumerate(np.arange(12, 100, 4.4)):
        for column, x in enumerate(np.arange(0, sheet.right, 17)):
            fill = "#eeeeee" if row == 0 or column == 0 else (sheet.tone() if random.random() < 0.08 else None)
            sheet.box(x, y, 17, 4.4, fill, "#c8c8c8", 0.1)
            if random.random() < 0.7:
                text = str(row) if column == 0 else f"{random.uniform(0, 9999):.1f}"
                sheet.write(x + 16, y + 3.4, text, 2.6, None, "rs")
    return sheet.done()


def editor_with_map(random):
    sheet = Sheet(random, 1.6)
    sheet.face = "LiberationMono-Regular.ttf"
    for row, y in enumerate(np.arange(6, 96, 3.2)):
        x = 14 + 5 * float(random.integers(0, 5))
        sheet.write(8, y, str(row + 1), 2.2, GREY, "rs")
        for _ in range(int(random.integers(0, 6))):
            word = str(
                random.choice(("def", "self.x", "return", "for", "in", "None", "'text'", "42", "=>", "import os"))
            )
            tone = sheet.tone() if random.random() < 0.6 else sheet.dark
            sheet.write(x, y, word, 2.4, tone)
            sheet.box(sheet.right - 14 + x / 12, y - 2, len(word) / 4, 0.9, tone)
            x += 1.5 * (len(word) + 1)
    sheet.box(0, 97, sheet.right, 3, sheet.tones[0])
    return sheet.done()


def shop(random):
    sheet = Sheet(random, 1.3)
    sheet.box(0, 0, sheet.right, 10, sheet.tones[0])
    sheet.box(30, 2.5, 60, 5, "#ffffff", round_=1)
    for k in range(8):
        x, y = 4 + 32 * (k % 4), 16 + 42 * (k // 4)
        sheet.box(x, y, 28, 38, None, "#d0d0d0", 0.2, 1)
        sheet.box(x + 2, y + 2, 24, 20, sheet.tone())
        sheet.oval(x + 14, y + 12, 6, fill=sheet.tone())
        sheet.write(x + 2, y + 28, sheet.latin(2)[:14], 2.8)
        sheet.write(x + 2, y + 33, f"{random.uniform(5, 90):.2f} EUR", 3, sheet.tones[1])
    return sheet.done()


def messenger(random):
    sheet = Sheet(random, 0.55)
    sheet.box(0, 0, 100, 12, sheet.tones[0])
    sheet.oval(9, 6, 4, fill=sheet.ground)
    y = 16.0
    while y < sheet.bottom - 20:
        high, mine = float(random.choice((9, 15, 21))), random.random() < 0.5
        x = 30 if mine else 4
        sheet.box(x, y, 66, high, sheet.tones[2] if mine else "#e4e6eb", round_=3)
        sheet.lines_of_text(x + 3, y + 2, 60, y + high, 3.8, "#111111", 1.5, 0.8)
        y += high + 3
    return sheet.done()


def old_dialog(random):
    sheet = Sheet(random, 1.4, ("#008080", "#000000", "#000080", "#c0c0c0", "#808080", "#ffffff", "#c0c0c0"))
    for _ in range(int(random.integers(1, 4))):
        x, y = sheet.between(4, 60), sheet.between(4, 45)
        sheet.box(x, y, 70, 42, "#c0c0c0", "#404040", 0.4)
        sheet.box(x + 1, y + 1, 68, 6, "#000080")
        sheet.write(x + 3, y + 5.5, sheet.latin(2), 3.6, "#ffffff")
        sheet.lines_of_text(x + 6, y + 12, 58, y + 28, 3.4)
        for k in range(3):
            sheet.box(x + 6 + 21 * k, y + 32, 17, 6, "#c0c0c0", "#000000", 0.3)
            sheet.write(x + 14 + 21 * k, y + 35, ("OK", "Cancel", "Help")[k], 3, None, "mm")
    sheet.box(0, 94, sheet.right, 6, "#c0c0c0", "#ffffff")
    return sheet.done()


def encyclopaedia(random):
    sheet = Sheet(random, 1.2, ("#ffffff", "#202122", "#3366cc", "#f8f9fa", "#a2a9b1", "#eaecf0", "#54595d"))
    sheet.box(0, 0, 18, 100, "#f6f6f6")
    sheet.write(22, 10, sheet.latin(2), 6, face="LiberationSerif-Regular.ttf")
    sheet.path([(22, 12), (116, 12)], "#a2a9b1", 0.2)
    sheet.lines_of_text(22, 15, 60, 98, 2.2)
    sheet.box(86, 16, 30, 55, "#f8f9fa", "#a2a9b1", 0.2)
    sheet.box(89, 20, 24, 16, "#c8d4e0")
    sheet.lines_of_text(88, 40, 26, 70, 2)
    for y in range(20, 80, 4):
        sheet.write(2, y, sheet.latin(1), 2.2, "#3366cc")
    return sheet.done()


def lock_screen(random):
    sheet = Sheet(random, 0.5)
    for y in range(200):
        share = y / 200
        sheet.box(0, y, 100, 1.2, tuple(int(v) for v in (30 + 90 * share, 40 + 30 * share, 110 - 40 * share)))
    sheet.write(50, 40, f"{random.integers(0, 24)}:{random.integers(10, 60)}", 22, "#ffffff", "mm")
    sheet.write(50, 56, "Tuesday, 4 March", 6, "#ffffff", "mm")
    for k in range(int(random.integers(0, 4))):
        sheet.box(6, 90 + 24 * k, 88, 20, "#e8e8ee", round_=4)
        sheet.lines_of_text(12, 94 + 24 * k, 76, 108 + 24 * k, 4.4, "#222222")
    return sheet.done()


def calculator(random):
    sheet = Sheet(random, 0.62)
    sheet.write(94, 34, f"{random.integers(1, 99999):,}", 16, None, "rs")
    for k, sign in enumerate("C()/789x456-123+0.%="):
        x, y = 4 + 24 * (k % 4), 44 + 22 * (k // 4)
        fill = sheet.tones[0] if k % 4 == 3 else sheet.tones[-1]
        sheet.box(x, y, 21, 19, fill, round_=float(4))
        sheet.write(x + 10.5, y + 9.5, sign, 9, sheet.ground, "mm")
    return sheet.done()


def timeline_of_posts(random):
    sheet = Sheet(random, 0.8)
    y = 4.0
    while y < sheet.bottom:
        sheet.oval(9, y + 5, 4.5, fill=sheet.tone())
        sheet.write(17, y + 4, f"{sheet.latin(1)}  @{random.integers(999)}", 3.2, None, face="LiberationSans-Bold.ttf")
        sheet.lines_of_text(17, y + 5, 75, y + float(random.choice((12, 18, 24))), 3)
        sheet.path([(0, y + 27), (100, y + 27)], "#d5dbe0", 0.2)
        y += 29
    return sheet.done()


def music_tool(random):
    sheet = Sheet(random, 1.78, ("#23262b", "#d0d4da", "#e5a23d", "#57b894", "#5c8dd6", "#c95f74", "#9a78c9"))
    for track in range(7):
        sheet.box(0, 10 + 12 * track, 26, 11, "#31353c")
        sheet.write(3, 17 + 12 * track, sheet.latin(1), 3.4)
        x = 28.0
        while x < sheet.right:
            wide = sheet.between(8, 45)
            if random.random() < 0.7:
                sheet.box(x, 10 + 12 * track, wide, 11, sheet.tones[track % 5], round_=0.6)
                t = np.linspace(x + 1, x + wide - 1, 60)
                sheet.path(np.stack((t, 16 + 12 * track + random.normal(0, 1.4, 60)), 1), "#20242a", 0.2)
            x += wide
    return sheet.done()


def inbox(random):
    sheet = Sheet(random, 1.5)
    sheet.box(0, 0, 28, 100, "#e9eef6")
    sheet.box(3, 12, 20, 8, sheet.tones[0], round_=3)
    for k in range(6):
        sheet.write(5, 30 + 6 * k, sheet.latin(1), 3, "#333333")
    for k in range(18):
        y = 14 + 5 * k
        sheet.box(31, y - 3, 2.4, 2.4, None, "#888888", 0.2)
        sheet.write(37, y - 0.6, sheet.latin(1), 2.8)
        sheet.write(60, y - 0.6, sheet.latin(6), 2.6, GREY)
        sheet.path([(30, y + 1), (sheet.right, y + 1)], "#dde3ea", 0.12)
    return sheet.done()


def web_map(random):
    sheet = Sheet(random, 1.4, ("#e8eaed", "#3c4043", "#ffffff", "#fde293", "#aadaff", "#c5e8c5", "#ea4335"))
    for _ in range(24):
        a = random.uniform(-20, 160, 4)
        sheet.path([(a[0], -5), (a[1], 105)] if random.random() < 0.5 else [(-5, a[2]), (150, a[3])],
                   sheet.tones[int(random.random() < 0.2)], sheet.between(0.5, 2.5))  # fmt: skip
    sheet.area(random.uniform(20, 90, (5, 2)), "#aadaff")
    sheet.box(3, 3, 48, 9, "#ffffff", "#cccccc", 0.2, 2)
    sheet.write(6, 9, sheet.latin(2), 4)
    sheet.oval(80, 48, 2.5, fill="#ea4335")
    return sheet.done()


def settings_window(random):
    sheet = Sheet(random, 1.5)
    sheet.box(12, 8, sheet.right - 24, 84, sheet.ground, "#777777", 0.3, 2)
    for k in range(7):
        y = 18 + 10 * k
        sheet.write(18, y, sheet.latin(2), 3.4)
        sheet.box(80, y - 3, 40, 1.2, "#bbbbbb", round_=0.5)
        sheet.oval(sheet.between(82, 118), y - 2.4, 2, fill=sheet.tones[0])
    return sheet.done()


MAKERS = (spreadsheet, editor_with_map, shop, messenger, old_dialog, encyclopaedia, lock_screen, calculator,
          timeline_of_posts, music_tool, inbox, web_map, settings_window)  # fmt: skip
