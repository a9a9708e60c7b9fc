"""Reports are well-formed, complete, and safe with what pages put into them."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from webapp.scan.errors import SourceUnreadable
from webapp.scan.lint import RULES
from webapp.scan.report import FORMATS, exit_status, results_of
from webapp.scan.sources import Loaded

NASTY = (
    b"<title>=1+1</title><img src=\"/a.jpg?x=1&y='<b>\" alt='=cmd|calc'>"
    b"<img alt='-2+3'><img alt='+1'><img alt='@x'><a href='/our-roses'><img></a><img alt='  =1'>"
    b"<img alt='a \x0b\x1b ]]> & < \" rose'><img alt='Rose'>"
)


@pytest.fixture
def results():
    pages = [
        Loaded("site/a b.html", NASTY, "/a b.html"),
        Loaded("site/clean.html", b"<img alt='A red rose in a pot'>", "/clean.html"),
        Loaded("site/gone.html", error=SourceUnreadable("It is gone. Look & <see>.")),
        Loaded("site/pdf.html", b"%PDF-1.7"),
    ]
    return list(results_of(pages))


def report(name, results, fail_on="error"):
    return FORMATS[name](results, fail_on)


def test_a_page_that_cannot_be_read_does_not_stop_the_others(results):
    assert [result.error.code if result.error else None for result in results] == [
        None, None, "source_unreadable", "not_a_page"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "fail_on", "status"),
    [
        (b"<img alt='A red rose in a pot'>", "warning", 0),
        (b"<img alt=Rose>", "error", 0),
        (b"<img alt=Rose>", "warning", 1),
        (b"<img>", "error", 1),
        (b"<img>", "never", 0),
        (b"%PDF-", "never", 2),
    ],
)
def test_the_exit_status_tells_what_counts(html, fail_on, status):
    assert exit_status(list(results_of([Loaded("a.html", html)])), fail_on) == status


def test_text_has_a_line_for_each_finding(results):
    text = report("text", results)
    assert "site/a b.html:1:" in text
    assert "error: L1 alt-missing: The image has no alt text." in text
    assert "proposal: Our roses (address of the link)" in text
    assert "site/gone.html: source_unreadable: It is gone." in text


def test_json_tells_everything(results):
    found = json.loads(report("json", results))
    first, clean, gone, _ = found["pages"]
    assert found["version"] == 1
    assert found["summary"]["unreadable"] == 2
    assert first["title"] == "=1+1"
    link = first["uses"][4]
    assert (link["role"], link["todo"], link["proposal"]["text"]) == ("functional", "name", "Our roses")
    assert clean["uses"][0]["findings"] == []
    assert gone["error"]["code"] == "source_unreadable"


def test_json_does_not_repeat_data_addresses():
    results = list(results_of([Loaded("a.html", b"<img src='data:image/png;base64," + b"A" * 100_000 + b"'>")]))
    assert len(report("json", results)) < 5000


def test_csv_makes_no_spreadsheet_calculate(results):
    rows = list(csv.reader(io.StringIO(report("csv", results))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@"))]
    alts = [row[rows[0].index("alt")] for row in rows]
    assert "'=cmd|calc" in alts
    assert "'-2+3" in alts
    assert "'  =1" in alts
    assert [row[0] for row in rows[-2:]] == ["site/gone.html", "site/pdf.html"]


def test_sarif_has_what_the_standard_requires(results):
    found = json.loads(report("sarif", results))
    assert found["version"] == "2.1.0"
    assert found["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = found["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "Captioner"
    assert [rule["id"] for rule in driver["rules"]] == [rule.number for rule in RULES.values()]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    assert run["results"]
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "site/a%20b.html"
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [one["descriptor"]["id"] for one in invocation["toolExecutionNotifications"]] == [
        "source_unreadable", "not_a_page"
    ]  # fmt: skip


@pytest.mark.parametrize(("fail_on", "failures"), [("never", 0), ("error", 4), ("warning", 7)])
def test_junit_is_well_formed_and_fails_by_what_counts(results, fail_on, failures):
    root = ElementTree.fromstring(report("junit", results, fail_on).encode())
    assert root.tag == "testsuites"
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [result.name for result in results]
    for suite in suites:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors")) == len(suite.findall("testcase/error"))
    assert len(root.findall("testsuite/testcase/failure")) == failures
    assert len(root.findall("testsuite/testcase/error")) == 2


def test_earl_asserts_each_rule_of_each_page(results):
    found = json.loads(report("earl", results))
    subjects = [node for node in found["@graph"] if node["@type"] == "earl:TestSubject"]
    assert [subject["source"] for subject in subjects] == [result.name for result in results]
    outcomes = {one["test"]["title"][:6]: one["result"]["outcome"] for one in subjects[0]["assertions"]}
    assert outcomes == {
        "23a2a8": "earl:failed",
        "59796f": "earl:inapplicable",
        "7d6734": "earl:inapplicable",
        "9eb3f6": "earl:inapplicable",
        "e88epe": "earl:inapplicable",
        "qt1vmo": "earl:cantTell",
        "0va7u6": "earl:cantTell",
    }
    for one in subjects[0]["assertions"]:
        assert one["test"]["@id"].startswith("https://www.w3.org/WAI/standards-guidelines/act/rules/")
        assert one["mode"] == "earl:automatic"
    terms = set(found["@context"])
    assert {key for node in subjects for key in node if not key.startswith("@")} <= terms
    assert "assertions" not in subjects[2]
