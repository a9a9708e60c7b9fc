"""Which charset a page is read in."""

import pytest

from webapp.scan import read
from webapp.scan.charset import decode
from webapp.scan.collect import collect

LATE = b"<!-- " + b"x" * 2000 + b" -->"


@pytest.mark.parametrize(
    ("data", "transport", "charset"),
    [
        (b"\xef\xbb\xbf<meta charset=koi8-r>", "koi8-r", "UTF-8"),  # a byte order mark beats everything
        ("\ufeff<p>é".encode("utf-16-le"), None, "UTF-16LE"),
        ("\ufeff<p>é".encode("utf-16-be"), "utf-8", "UTF-16BE"),
        (b"<meta charset=utf-8>", "shift_jis", "Shift_JIS"),  # the header beats the page
        (b"<meta charset=koi8-r>", None, "KOI8-R"),
        (b"<meta http-equiv=content-type content='text/html; charset=gbk'>", None, "GBK"),
        (b"<meta charset=iso-8859-1>", None, "windows-1252"),  # as the Encoding standard has it
        (b"<meta charset=utf-16>", None, "UTF-8"),
        (b"<meta charset=koi8-r>", "no-such-charset", "KOI8-R"),
        (LATE + b"<meta charset=koi8-r>", None, "KOI8-R"),  # found late: browsers begin again
        (b"<p>plain</p>", None, "windows-1252"),
        ("<p>é</p>".encode(), None, "windows-1252"),
        (b"<!-- charset=utf-8 -->", None, "windows-1252"),
    ],
)
def test_the_charset_is_decided_as_browsers_do(data, transport, charset):
    assert decode(data, transport).charset == charset


def test_text_is_decoded_by_it():
    assert read("<title>ж</title>".encode("koi8-r"), charset="koi8-r").document.select_one("title").text == "ж"
    assert read(b"<title>\x93q\x94</title>").document.select_one("title").text == "“q”"


@pytest.mark.parametrize(
    ("html", "header", "said"),
    [
        ("<p>Brücke".encode("latin-1"), "utf-8", "do not fit the charset that it is said to have (UTF-8)"),
        ("<p>Brücke".encode("latin-1"), None, "does not say its charset, so it was read as windows-1252"),
        ("<p>Мост".encode("cp1251"), "koala-9", "does not say its charset, so it was read as windows-1252"),
        ("<p>Brücke".encode(), "utf-8", ""),
        ("<meta charset=latin1><p>Brücke".encode("latin-1"), None, ""),
        (b"<p>Bridge", None, ""),
        ("<p>\ufffd".encode(), "utf-8", ""),  # written so
        ("<p>Brücke", None, ""),
    ],
)
def test_a_page_whose_charset_does_not_fit_says_so(html, header, said):
    notes = " ".join(collect(read(html, charset=header)).notes)
    assert (said in notes) if said else notes == ""


def test_bytes_that_are_no_text_are_shown_as_such_and_kept():
    found = decode(b"<meta charset=utf-8>a\xff\xfeb")
    assert found.text.endswith("a\ufffd\ufffdb")
    assert found.raw.encode("utf-8", "surrogateescape").endswith(b"a\xff\xfeb")


def test_windows_1252_gives_the_bytes_that_it_does_not_define_their_own_numbers():
    assert decode(b"\x81\x8d\x8f\x90\x9d").text == "\x81\x8d\x8f\x90\x9d"


def test_half_a_character_that_swallowed_an_ascii_one_is_no_crash():
    assert "b" in decode(b"<meta charset=shift_jis>a\x81\x20b\x82").text


STANDARD = (
    "utf-8 ibm866 iso-8859-2 iso-8859-8-i iso-8859-16 koi8-u macintosh windows-874 windows-1251 x-mac-cyrillic gbk"
    " gb18030 big5 euc-jp iso-2022-jp shift_jis euc-kr utf-16be utf-16le x-user-defined replacement"
)


@pytest.mark.parametrize("label", STANDARD.split())
def test_every_charset_of_the_standard_has_a_codec(label):
    data = "<title>a</title>".encode(label if label.startswith("utf-16") else "ascii")
    assert decode(data, label).text == "<title>a</title>"
