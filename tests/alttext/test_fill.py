"""Texts are written into the start tags of images without an alt attribute, and every other byte stays."""

import re

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from alttext.fill import fill
from tests.alttext.sources import text
from tests.scan.test_put import PIECES

ROSE = ' alt="Rose" data-alt-origin="edited"'


def filled(html, charset="utf-8", answer=None, **options):
    """The page with the same text for every picture that is asked for."""
    given = html if isinstance(html, bytes) else html.encode(charset)
    said = answer or text("Rose")
    edited = fill(given, charset, lambda base, written: dict.fromkeys(written, said), **options)
    return edited if isinstance(html, bytes) else edited.decode(charset)


@pytest.mark.parametrize(
    "html",
    [
        "<p lang=en><img| src=a>",
        "<p lang=en><IMG| SRC=a>",
        "<p lang=en><img|/src=a>",
        "<p lang=en><img|\r\n src='a'\r\n/>",
        "<p lang=en><image| src=a>",
        "<p lang=en>a\r\nb\rc\r\n<img| src='a>b'>",
        "\ufeff<p lang=en><img| src=a>",
        "\ufeff\r\n<p lang=en>\r<img| src=a>",
        "<p lang=en>😀\u2028\x85\x0c<img| src=a>",
        "<html lang=en><table><img| src=a><tr>",
        "<html lang=en-GB><img| src=a>",
        "<p lang=en><noscript><img| src=a></noscript>",
        "<p lang=en><a href=x>The shop <img| src=a></a>",
        "<p lang=en><a><img| src=a></a>",
        "<p lang=en><button><img| src=a> Search</button>",
        "<p lang=en><img| srcset='a 1x, b 2x'>",
        "<p lang=en><img| src='data:,' data-src=a>",
        "<p lang=en><picture><source srcset=b><img| src=a></picture>",
        "<div lang=en><figure aria-hidden=false><img| src=a></figure>",
        "<p lang=en><svg><foreignObject><img| src=a></foreignObject></svg>",
    ],
)
def test_an_image_without_an_alt_attribute_gets_its_text(html):
    assert filled(html.replace("|", "")) == html.replace("|", ROSE)


@pytest.mark.parametrize(
    "html",
    [
        "<img src=a alt>",
        "<img src=a alt=''>",
        "<img ALT = 'A rose' src=a>",
        "<img>",
        "<img src=''>",
        "<img src='data:image/gif;base64,R0'>",
        "<img src=a role=presentation>",
        "<img src=a role='NONE'>",
        "<img src=a aria-hidden=true>",
        "<div aria-hidden=TRUE><p><img src=a></div>",
        "<img src=a data-alttext-ignore>",
        "<section data-alttext-ignore=''><img src=a></section>",
        "<a href=x><img src=a></a>",
        "<a href=x> <span> <img src=a></span>\n</a>",
        "<a href=x><img src=a><img src=b></a>",
        "<button><img src=a></button>",
        "<div role=button tabindex=0><img src=a></div>",
        "<a href=x><img src=a><span hidden>The shop</span></a>",
        "<a href=x><img src=a><script>go()</script></a>",
        "<a href=x><img src=a><svg><title>x</title></svg></a>",
        "<details><summary><img src=a></summary></details>",
        "<!-- <img src=a> -->",
        "<script>'<img src=a>'</script>",
        "<textarea><img src=a></textarea><title><img src=a></title><style><img src=a></style>",
        "<iframe><img src=a></iframe><xmp><img src=a></xmp>",
        "<p title='<img src=a>'>",
        "<plaintext><img src=a>",
        "<img src=a",
        "",
    ],
)
def test_all_else_is_left_alone(html):
    page = html.encode()
    assert filled(page) is page


def test_the_source_is_asked_once_for_all_that_may_be_filled():
    asked = []
    html = b"<base href=/x/><img src=a><img src=b alt><a href=x><img src=c></a><img src=d data-src=e srcset='f, g'>"
    page = "https://example.org/shop/"
    assert fill(html, "utf-8", lambda *question: asked.append(question) or {}, page=page) is html
    assert asked == [("https://example.org/x/", ["a", "c", "e"])]


def test_a_page_without_a_gap_asks_nothing():
    fill(b"<img src=a alt=''>", "utf-8", lambda *question: pytest.fail("asked"))


def test_the_likeliest_address_with_a_text_counts():
    html = b"<p lang=en><img srcset='b 2x' src=a>"
    known = {"a": text("Rose"), "b": text("Tulip")}
    assert b'alt="Rose"' in fill(html, "utf-8", lambda base, written: known)
    del known["a"]
    assert b'alt="Tulip"' in fill(html, "utf-8", lambda base, written: known)


def test_a_text_is_escaped_and_stands_on_one_line():
    said = text("A \"rose\" & <b>\r\n\x00\ud800 alt=''")
    edited = filled("<p lang=en><img src=a>", answer=said)
    assert edited.startswith("<p lang=en><img alt=\"A &quot;rose&quot; &amp; &lt;b&gt; \ufffd\ufffd alt=''\" data-")


@pytest.mark.parametrize("said", ["", " \n"])
def test_an_empty_text_is_no_text(said):
    page = b"<img src=a>"
    assert filled(page, answer=text(said)) is page


@pytest.mark.parametrize(
    ("html", "lang", "said"),
    [
        ("<html lang=en><img| src=a>", "de", ' lang="de"'),
        ("<html lang=en-GB><img| src=a>", "en-US", ""),
        ("<html lang=en><p lang=de><img| src=a>", "de", ""),
        ("<html lang=en><p lang=''><img| src=a>", "en", ' lang="en"'),
        ("<img| src=a>", "en", ' lang="en"'),
        ("<html lang=en><img| src=a lang=fr>", "de", ""),
        ("<img| src=a>", "", ""),
    ],
)
def test_a_text_in_another_language_than_the_words_around_it_says_so(html, lang, said):
    edited = filled(html.replace("|", ""), answer=text("Rose", lang))
    assert edited == html.replace("|", ROSE + said)


@pytest.mark.parametrize(
    ("charset", "said", "written"),
    [
        ("windows-1252", "Café € Ω", "Café € &#937;"),
        ("koi8-r", "Роза é", "Роза &#233;"),
        ("shift_jis", "バラ é", "バラ &#233;"),
        ("utf-8", "バラ é 😀", "バラ é 😀"),
    ],
)
def test_a_text_is_written_in_the_page_s_charset(charset, said, written):
    edited = filled("<p lang=en><img src=a>", charset, text(said))
    assert edited == f'<p lang=en><img alt="{written}" data-alt-origin="edited" src=a>'


def test_where_the_charset_is_only_assumed_ascii_is_written():
    edited = filled(b"<p lang=en><img src=a>\xe9", answer=text("Café"), certain=False)
    assert edited == b'<p lang=en><img alt="Caf&#233;" data-alt-origin="edited" src=a>\xe9'


def test_bytes_that_are_no_text_stay():
    html = b"\xff\xfe<p lang=en>\xc3<img src=\xe9>\x80\xed\xa0\x80"
    assert filled(html) == html.replace(b"<img", b"<img" + ROSE.encode())


def test_a_page_that_its_charset_does_not_give_back_is_left_alone():
    page = b"\x1b(B<img src=a>"
    assert filled(page, "iso-2022-jp") is page


def test_a_charset_that_is_not_known_is_an_error():
    with pytest.raises(LookupError):
        filled(b"<img src=a>", "no-such-charset")


MARK = "The mark 7f3a."
WRITTEN = re.compile(r'(?<=<img|mage) alt="The mark 7f3a\." data-alt-origin="edited"(?: lang="en")?', re.IGNORECASE)
ODD = st.sampled_from([
    "<img src=a>", "<img src='a b' srcset='c 1x'>", "<iMg sRc=a", "<img src=a//>", "<img/src=a/>", "<img\tsrc=a\f>",
    "<img src=a alt>", "<img src=a ALT=''>", "<img alt=\"x", "<a href=q>", "<button>", "<p lang=de>", "<html lang=en>",
    "<base href=x>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<![CDATA[", "]]>", "<!doctype html>", "<?php", "?>",
    "<div aria-hidden=true>", "</div>", "<img src=a role=none>", "<image src=a>", "<mi>", "<foreignObject>", "\ufeff",
])  # fmt: skip
CHARSETS = st.sampled_from(["utf-8", "windows-1252", "shift_jis", "gb18030", "koi8-r", "iso-2022-jp", "utf-16-le"])


def outside(edited, charset):
    """The bytes of a page but for what was written into it."""
    return WRITTEN.sub("", edited.decode(charset, "surrogateescape")).encode(charset, "surrogateescape")


def images(html):
    """The images of a page as browsers see them: their attributes in order, but for what was written."""
    document = turbohtml.parse(html)
    return [
        {name: value for name, value in one.attrs.items() if name not in ("alt", "data-alt-origin", "lang")}
        for one in document.select("img")
    ]


def shape(html):
    """All elements and texts of a page, without the attributes of its images."""
    document = turbohtml.parse(html)
    return [(one.tag, None if one.tag == "img" else dict(one.attrs.copy())) for one in document.select("*")]


@settings(max_examples=1000, deadline=None)
@given(st.lists(PIECES | ODD | st.text(max_size=4), max_size=30).map("".join), CHARSETS, st.binary(max_size=3))
def test_outside_of_the_start_tags_nothing_changes(html, charset, odd):
    page = html.encode(charset, "replace") + odd
    edited = filled(page, charset, text(MARK))
    assert edited is page or outside(edited, charset) == page
    again = filled(edited, charset, text("Another text."))
    assert again == edited, "what was filled in once is an alt attribute like any other"
    before, after = (one.decode(charset, "replace") for one in (page, edited))
    assert images(after) == images(before)
    assert shape(after) == shape(before)
    said = turbohtml.parse(after).select(f'img[alt="{MARK}"][data-alt-origin="edited"]')
    assert len(said) == len(WRITTEN.findall(after))
