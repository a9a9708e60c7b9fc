"""Addresses are read once and strictly, and every refusal is a sentence."""

# ruff: noqa: RUF001 - letters that look like others are the point

import pytest

from webapp.fetch.errors import RedirectRefused, UrlInvalid
from webapp.fetch.limits import Limits
from webapp.fetch.urls import follow, read_url

LIMITS = Limits(max_url_length=300, ports=frozenset([8080]))


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/A?b=C#d", "https://example.org/A?b=C"),
        ("http://example.org.:80/", "http://example.org/"),
        ("http://example.org:/x", "http://example.org/x"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://example.org?q=1", "http://example.org/?q=1"),
        (
            "http://example.org/my photo é.jpg?größe=1 2",
            "http://example.org/my%20photo%20%C3%A9.jpg?gr%C3%B6%C3%9Fe=1%202",
        ),
        ("http://example.org/%7Euser/%zz", "http://example.org/%7Euser/%zz"),
        ("http://example.org//double", "http://example.org//double"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),  # as browsers read it, not "strasse"
        ("http://my_bucket.example.org/", "http://my_bucket.example.org/"),
        ("http://[2606:4700:4700:0::1111]:8080/", "http://[2606:4700:4700::1111]:8080/"),
        ("http://example.org/a@b", "http://example.org/a@b"),
        ("http://0x7f.1/", "http://0x7f.1/"),  # what it resolves to is another matter
        ("http://１２７。０.０.①/", "http://127.0.0.1/"),
    ],
)
def test_an_address_has_one_plain_form(url, plain):
    assert read_url(url, LIMITS).url == plain


@pytest.mark.parametrize(
    "url",
    [
        *("", " ", "example.org", "//example.org/", "http:", "http:/", "http://", "http:///x", "http:example.org"),
        *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "data:,x"),
        *("http+unix://%2Ftmp%2Fsocket/", "https//example.org", "view-source:http://example.org/"),
        *("http://user@example.org/", "http://user:word@example.org/", "http://:@example.org/", "http://@example.org/"),
        *("http://example.org@127.0.0.1/", "http://127.0.0.1:80@example.org/", "http://example.org:80@example.net/"),
        *(
            "http://example.org\\@127.0.0.1/",
            "http:\\\\example.org\\",
            "http://example.org/\\x",
            "http://exa\\mple.org/",
        ),
        *(" http://example.org/", "http://example.org/ ", "http://example.org/\n", "\thttp://example.org/"),
        *(
            "ht\ttp://example.org/",
            "http://exam\nple.org/",
            "http://example.org/a\r\nHost: b",
            "http://example.org/\x00",
        ),
        *("http://example.org/\x7f", "http://example.org/\x85", "http://exa mple.org/", "http://example.org /"),
        *("http://example.org:22/", "http://example.org:0/", "http://example.org:65536/", "http://example.org:99999/"),
        *("http://example.org:-80/", "http://example.org:+80/", "http://example.org:80a/", "http://example.org:８０/"),
        *("http://example.org:80:80/", "http://example.org:000000080/", "http://example.org:8081/"),
        *(
            "http://[::1/",
            "http://::1/",
            "http://[::1]x/",
            "http://x[::1]/",
            "http://[fe80::1%25eth0]/",
            "http://[v1.a]/",
        ),
        *("http://[::1%lo]/", "http://[]/", "http://[1.2.3.4]/", "http://[::g]/", "http://[[::1]]/"),
        *("http://./", "http://../", "http://.example.org/", "http://example..org/", "http://example.org../"),
        *("http://-a.example/", "http://a-.example/", "http://exa%6dple.org/", "http://127.0.0.1%2f/", "http://a,b/"),
        *(
            "http://☃.example/",
            "http://a℀b.example/",
            "http://\u200b.example/",
            "http://xn--\u00e9.example/",
            "http://é_.x/",
        ),
        *(
            "http://a*b.example/",
            "http://*/",
            "http://example.org;x/",
            "http://exam'ple/",
            'http://exam"ple/',
            "http://a$b/",
        ),
        *(f"http://{'a' * 64}.example/", f"http://{'a.' * 130}example/", f"http://{'é' * 64}.example/"),
        *(
            "http://example.org/" + "a" * 300,
            "http://example.org/\ud800",
            "http://\ud800.example/",
            "http://e.org/?\udfff",
        ),
    ],
)
def test_what_is_no_plain_web_address_is_refused_with_a_sentence(url):
    with pytest.raises(UrlInvalid) as caught:
        read_url(url, LIMITS)
    assert caught.value.code == "url_invalid"
    assert caught.value.message.endswith(".") and "Give" in caught.value.message


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("http://user:word@example.org/", "user name or password"),
        ("http://example.org:22/", "port"),
        ("http://example.org/" + "a" * 300, "at most 300 characters"),
        ("ftp://example.org/", "https://"),
    ],
)
def test_the_sentence_says_what_to_change(url, hint):
    with pytest.raises(UrlInvalid) as caught:
        read_url(url, LIMITS)
    assert hint in caught.value.message
    assert "word@" not in caught.value.message


@pytest.mark.parametrize(
    ("location", "end"),
    [
        ("/b", "https://example.org/b"),
        ("c?d", "https://example.org/a/c?d"),
        ("?d", "https://example.org/a/b?d"),
        ("../../..", "https://example.org/"),
        ("//example.net/x", "https://example.net/x"),
        ("https://example.net", "https://example.net/"),
        ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
    ],
)
def test_a_redirect_is_followed_from_where_it_stands(location, end):
    assert follow(read_url("https://example.org/a/b", LIMITS), location, LIMITS).url == end


def test_a_redirect_from_http_to_https_is_welcome():
    assert follow(read_url("http://example.org", LIMITS), "https://example.org", LIMITS).scheme == "https"


@pytest.mark.parametrize(
    "location",
    [
        *("http://example.org/", "file:///etc/passwd", "//user@example.net", "https://example.net:22/", "https://["),
        *("https://exam\tple.net", "\\\\example.net", "https://example.net\\@127.0.0.1/", "javascript:alert(1)"),
        "/" + "a" * 400,
    ],
)
def test_a_redirect_to_what_is_not_fetched_is_refused(location):
    with pytest.raises(RedirectRefused) as caught:
        follow(read_url("https://example.org/a/b", LIMITS), location, LIMITS)
    assert caught.value.code == "redirect_refused"
    assert location not in str(caught.value)
