"""``manage.py scan``."""

import io
import json
from ipaddress import ip_network

import pytest
from django.core.management import call_command, get_commands, load_command_class

from tests.fetch.servers import INSIDE, Server, http

GOOD = "<!doctype html><title>a</title><img alt='A red rose in a pot' src=rose.jpg>"


def run(*arguments):
    """(exit status, standard output, standard error)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("scan", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_clean_page_is_0(tmp_path):
    (tmp_path / "a.html").write_text(GOOD)
    status, out, _ = run(tmp_path / "a.html")
    assert status == 0
    assert "1 image:" in out


def test_findings_are_1_unless_told(tmp_path):
    (tmp_path / "a.html").write_text("<img>")
    assert run(tmp_path)[0] == 1
    assert run(tmp_path, "--fail-on", "never")[0] == 0


def test_a_folder_is_every_page_in_it(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.html", "a.HTM", "sub/c.xhtml"):
        (tmp_path / name).write_text(GOOD)
    (tmp_path / "notes.txt").write_text("<img>")
    status, out, _ = run(tmp_path, "--format", "json")
    assert status == 0
    assert [page["page"].removeprefix(f"{tmp_path}/") for page in json.loads(out)["pages"]] == [
        "a.HTM", "b.html", "sub/c.xhtml"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["gone.html", "ftp://www.example.org/", "."])
def test_what_cannot_be_read_is_2(tmp_path, name):
    status, out, err = run(tmp_path / name if "://" not in name else name)
    assert (status, out) == (2, "")
    assert err.startswith("source_unreadable: ")


def test_a_page_that_cannot_be_read_is_2_and_the_others_are_told(tmp_path):
    (tmp_path / "a.html").write_text(GOOD)
    (tmp_path / "b.html").write_bytes(b"%PDF-1.7")
    status, out, _ = run(tmp_path)
    assert status == 2
    assert "a.html: 1 image:" in out
    assert "not_a_page" in out


def test_files_in_the_folder_are_known_to_be_there_and_none_outside(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (site / "rose.jpg").write_bytes(b"x")
    for name, source in (("a", "/rose.jpg"), ("b", "/gone.jpg"), ("c", "../secret.jpg"), ("d", "/%2e%2e/secret.jpg")):
        (site / f"{name}.html").write_text(f"<img src='{source}' alt=''>")
    _, out, _ = run(site, "--format", "earl")
    outcomes = [
        next(one["result"]["outcome"] for one in node["assertions"] if "e88epe" in one["test"]["title"])
        for node in json.loads(out)["@graph"]
        if "assertions" in node
    ]
    assert outcomes == ["earl:cantTell", "earl:inapplicable", "earl:inapplicable", "earl:inapplicable"]


def test_a_file_that_says_nothing_of_its_charset_is_read_as_browsers_read_files(tmp_path):
    for name, data in (("a", "é".encode()), ("b", "é".encode("cp1252")), ("c", b"<meta charset=koi8-r>\xc5")):
        (tmp_path / f"{name}.html").write_bytes(b"<title>" + data + b"</title>" if name != "c" else data)
    pages = json.loads(run(tmp_path, "--format", "json")[1])["pages"]
    assert [page["charset"] for page in pages] == ["UTF-8", "windows-1252", "KOI8-R"]
    assert [page["title"] for page in pages[:2]] == ["é", "é"]


def test_the_root_is_what_a_slash_means(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "rose.jpg").write_bytes(b"x")
    (tmp_path / "sub" / "a.html").write_text("<img src=/rose.jpg alt=''>")
    file = tmp_path / "sub" / "a.html"
    assert "earl:cantTell" not in run(file, "--format", "earl")[1]
    assert "earl:cantTell" in run(file, "--format", "earl", "--root", tmp_path)[1]


def test_help_tells_the_exit_status():
    command = load_command_class(get_commands()["scan"], "scan")
    text = command.create_parser("manage.py", "scan").format_help()
    for line in ("0  nothing was found that counts", "1  findings at or above --fail-on", "2  a page"):
        assert line in text


@pytest.fixture
def site(settings):
    pages = {"/": (200, GOOD), "/bad": (200, "<img src=a.jpg>"), "/gone": (404, "")}

    def answer(request):
        status, page = pages.get(request.path, (404, ""))
        return http(status, page.encode(), Content_Type="text/html")

    with Server(answer) as server:
        settings.CAPTIONER_FETCH_PRIVATE = (ip_network(f"{server.address}/32"),)
        settings.CAPTIONER_FETCH_PORTS = frozenset((server.port,))
        settings.CAPTIONER_FETCH_DELAY = 0
        yield server


@pytest.mark.parametrize(("path", "status"), [("/", 0), ("/bad", 1), ("/gone", 2)])
def test_a_page_of_the_web(site, path, status):
    url = site.url(path)
    found, out, _ = run(url, "--format", "json")
    (page,) = json.loads(out)["pages"]
    assert (found, page["page"]) == (status, url)
    if status == 1:
        assert page["uses"][0]["address"] == site.url("/a.jpg")
    if status == 2:
        assert "There is nothing at this address" in page["error"]["message"]


def test_a_private_address_is_not_asked():
    with Server(http(200, GOOD.encode(), Content_Type="text/html"), address=INSIDE) as inside:
        status = run(inside.url("/"))[0]
    assert (status, inside.connections) == (2, 0)


@pytest.mark.parametrize("nothing", ["", " "])
def test_a_source_that_is_empty_is_no_folder(nothing, monkeypatch, tmp_path):
    (tmp_path / "a.html").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    assert run(".")[0] == 0
    status, out, err = run(nothing)
    assert (status, out) == (2, "")
    assert "Give one" in err


def test_an_archive_says_what_to_do_with_it(tmp_path):
    (tmp_path / "a.html").write_bytes(b"PK\x03\x04")
    assert "Unpack it, and give its folder." in run(tmp_path / "a.html")[1]
