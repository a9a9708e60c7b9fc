"""docs/pages.md says what the code does."""

import re
from pathlib import Path

from webapp.scan.act import RULES as ACT_RULES
from webapp.scan.lint import RULES
from webapp.scan.report import FORMATS
from webapp.scan.roles import ROWS

TEXT = (Path(__file__).parent.parent.parent / "docs" / "pages.md").read_text(encoding="utf-8")


def test_it_has_every_row_of_the_table_in_its_order():
    rows = [f"| `{row.id}` | {row.role} | {row.todo} | {row.says} | {row.source} |" for row in ROWS]
    assert "\n".join(rows) in TEXT


def test_it_has_every_rule():
    for rule in RULES.values():
        assert f"| {rule.number} `{rule.id}` | {rule.severity} | {rule.says} {rule.do} | {rule.criterion} |" in TEXT
    for rule in ACT_RULES:
        assert f"| {rule.id} | {rule.name}" in TEXT
    for name in FORMATS:
        assert f"| `{name}` |" in TEXT


def test_its_example_runs():
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names = {"print": lambda *said: None}
    exec(code, names)
    assert names["html"] == b'<p><a href=/our-roses><img alt="Our roses" src=rose.jpg></a></p>'
