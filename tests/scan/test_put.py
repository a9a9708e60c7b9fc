"""Alt texts are put into start tags, and every other byte stays."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.scan import ScanError, put, read
from webapp.scan.collect import collect
from webapp.scan.images import TAKES_ALT


def keys(html, **options):
    return [use.key for use in collect(read(html, **options)).uses if use.kind in TAKES_ALT]


def alts(html, **options):
    return [use.alt for use in collect(read(html, **options)).uses if use.kind in TAKES_ALT]


@pytest.mark.parametrize(
    ("html", "edited"),
    [
        ("<img src=a>", '<img alt="Rose" src=a>'),
        ("<IMG SRC=a>", '<IMG alt="Rose" SRC=a>'),
        ("<img>", '<img alt="Rose">'),
        ("<img/>", '<img alt="Rose"/>'),
        ("<img/src=a>", '<img alt="Rose"/src=a>'),
        ("<img\r\n src=a\r\n>", '<img alt="Rose"\r\n src=a\r\n>'),
        ("a\r\nb\rc\r\n<img src='>'>", 'a\r\nb\rc\r\n<img alt="Rose" src=\'>\'>'),
        ("<image src=a>", '<image alt="Rose" src=a>'),
        ("<input type=image>", '<input alt="Rose" type=image>'),
        ("<map><area href=x></map>", '<map><area alt="Rose" href=x></map>'),
        ("<!-- <img> --><script>'<img>'</script><img>", "<!-- <img> --><script>'<img>'</script><img alt=\"Rose\">"),
        ("<table><img><tr>", '<table><img alt="Rose"><tr>'),
        ("<p title='<img>'><img>", "<p title='<img>'><img alt=\"Rose\">"),
        ("<img data-src=a><noscript><img src=a></noscript>",
         '<img alt="Rose" data-src=a><noscript><img alt="Rose" src=a></noscript>'),
        ("\ufeff<img>", '\ufeff<img alt="Rose">'),
    ],
)  # fmt: skip
def test_a_text_is_put_into_the_start_tag(html, edited):
    (key,) = keys(html)
    assert put(html, {key: "Rose"}) == edited
    assert put(html.encode(), {key: "Rose"}, charset="utf-8") == edited.encode()


def test_an_alt_that_is_there_stays_unless_told():
    html = "<img alt=''><img ALT = old src=a><img alt>"
    wanted = dict.fromkeys(keys(html), 'New & "better" <b>')
    assert put(html, wanted) == html
    edited = put(html, wanted, overwrite=True)
    assert alts(edited) == ['New & "better" <b>'] * 3
    assert edited.count("alt=") == 3
    assert edited.endswith('src=a><img alt="New &amp; &quot;better&quot; &lt;b&gt;">')


def test_an_empty_text_says_that_an_image_is_decorative():
    assert put("<img>", {keys("<img>")[0]: ""}) == '<img alt="">'


@pytest.mark.parametrize(
    ("charset", "text", "written"),
    [
        ("windows-1252", "Café € Ω", "Café € &#937;"),
        ("koi8-r", "Роза é", "Роза &#233;"),
        ("shift_jis", "バラ é", "バラ &#233;"),
        ("utf-16le", "Роза Ω", "Роза Ω"),
    ],
)
def test_a_text_is_written_in_the_page_s_charset(charset, text, written):
    codec = {"utf-16le": "utf-16-le", "windows-1252": "cp1252"}.get(charset, charset)
    html = "<p>x</p><img>".encode(codec)
    (key,) = keys(html, charset=charset)
    edited = put(html, {key: text}, charset=charset)
    assert edited.decode(codec) == f'<p>x</p><img alt="{written}">'
    assert alts(edited, charset=charset) == [text]


def test_bytes_that_are_no_text_stay():
    html = b"<meta charset=utf-8>\xff\xfe<img src=\xc3>\x80"
    (key,) = keys(html)
    assert put(html, {key: "é"}) == b'<meta charset=utf-8>\xff\xfe<img alt="\xc3\xa9" src=\xc3>\x80'


def test_a_page_that_cannot_be_written_back_is_refused():
    html = b"<meta charset=iso-2022-jp>\x1b(B<img>"
    with pytest.raises(ScanError) as refusal:
        put(html, {keys(html)[0]: "x"})
    assert refusal.value.code == "charset_not_reversible"


@pytest.mark.parametrize("key", ["img-2-00000000", "svg-1-00000000", ""])
def test_a_key_of_no_image_is_refused(key):
    with pytest.raises(ScanError) as refusal:
        put("<img><svg></svg>", {key: "x"})
    assert refusal.value.code == "unknown_image"


def test_a_page_that_changed_is_not_edited_by_old_keys():
    old = keys("<img src=a.jpg>")[0]
    with pytest.raises(ScanError):
        put("<img src=b.jpg>", {old: "A rose"})


PIECES = st.sampled_from([
    "<img src=a.jpg>", "<img>", "<img alt=''>", "<IMG\nSRC='b>'\r\n/>",
    "<img data-src=x><noscript><img src=x></noscript>",
    "<input type=image>", "<input type=text>", "<map><area href=q></map>", "<svg><image href=a /></svg>", "<p>", "</p>",
    "<table>", "<tr>", "</table>", "<select>", "</select>", "<template>", "</template>", "<a href=x>", "</a>", "<b>",
    "</i>", "<!--", "-->", "<script>", "</script>", "<style>", "</style>", "<textarea>", "</textarea>", "<title>",
    "</title>", "<svg>", "</svg>", "<math>", "<noscript>", "</noscript>", "<", ">", "&amp", "\r\n", "\r", "\n", "\0",
    "é", "😀", "\ufffe", "text", "<img ", "src=c", "'", '"', "=", "/", "</img>", "<image src=z>", "<plaintext>",
    "<frameset>",
    "<body>", "<form>",
])  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


def without_start_tags(html):
    """What is left of a page without its img, input and area start tags."""
    page = read(html)
    spans = sorted(
        span for name in ("img", "input", "area") for one in page.document.select(name) if (span := page.start_tag(one))
    )
    parts, at = [], 0
    for begin, end in spans:
        parts.append(page.source.decoded.raw[at:begin])
        at = end
    return [*parts, page.source.decoded.raw[at:]]


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), TEXTS, st.booleans())
def test_outside_of_the_start_tags_nothing_changes(html, text, overwrite):
    wanted = dict.fromkeys(keys(html), text)
    before = alts(html)
    edited = put(html, wanted, overwrite=overwrite)
    assert without_start_tags(edited) == without_start_tags(html)
    line = " ".join(text.split())
    assert alts(edited) == [line if overwrite or old is None else old for old in before]
    if not overwrite:  # taking the new attributes out again gives the page byte for byte
        assert re.sub(re.escape(f' alt="{escaped(line)}"'), "", edited) == re.sub(
            re.escape(f' alt="{escaped(line)}"'), "", html
        )


def escaped(text):
    for letter, written in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(letter, written)
    return text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES, max_size=15).map("".join), st.binary(max_size=20), st.sampled_from(["utf-8", "koi8-r", "cp1252"])
)
def test_bytes_stay_too(html, junk, codec):
    data = b"<!doctype html>" + html.encode(codec, "ignore") + junk
    found = keys(data, charset=codec)
    edited = put(data, dict.fromkeys(found, "Rose"), charset=codec)
    assert edited.replace(b' alt="Rose"', b"") == data
