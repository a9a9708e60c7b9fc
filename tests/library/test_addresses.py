"""An address that somebody typed."""

import pytest

from webapp.fetch.errors import UrlInvalid
from webapp.library.addresses import linked
from webapp.library.submit import Linked


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://example.org/cat.jpg", "https://example.org/cat.jpg"),
        (" example.org/a b.jpg ", "https://example.org/a%20b.jpg"),
        ("HTTP://Example.org", "http://example.org/"),
        ("//example.org/cat.jpg", None),
        ("ftp://example.org/cat.jpg", None),
        ("javascript:alert(1)", None),
        ("https://me:secret@example.org/", None),
        ("https://example.org:22/", None),
        ("a\nb", None),
        ("https://" + "x" * 5000, None),
    ],
)
def test_it_is_read_strictly(typed, url):
    if url is None:
        with pytest.raises(UrlInvalid):
            linked(typed)
    else:
        assert linked(typed).url == url


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/a/cat%20one.jpg?size=2", "cat one.jpg"),
        ("https://example.org/", "example.org"),
        ("https://example.org/a/", "a"),
        ("https://example.org/%2e%2e%2f%00", "image"),
        ("https://example.org/" + "x" * 400 + ".jpg", "x" * 248 + "....jpg"),
    ],
)
def test_a_picture_is_called_by_the_end_of_its_address(url, name):
    assert Linked(url).name == name
