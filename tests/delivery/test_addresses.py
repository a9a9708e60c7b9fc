"""The table of addresses that the script is held to as well (tests/browser/test_alt_script.py)."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.delivery.addresses import hash_of, normalised

TABLE = json.loads((Path(__file__).parent / "addresses.json").read_text(encoding="utf-8"))
DROPPED = ("w", "h")


@pytest.mark.parametrize(("address", "base", "wanted"), TABLE)
def test_the_table(address, base, wanted):
    assert normalised(address, base, DROPPED) == wanted


@pytest.mark.parametrize("wanted", sorted({wanted for _, _, wanted in TABLE if wanted}))
def test_what_is_normal_stays_so(wanted):
    assert normalised(wanted, drop=DROPPED) == wanted


def test_a_query_is_whole_where_nothing_is_to_be_dropped():
    assert normalised("https://example.org/a?w=1&h=2") == "https://example.org/a?w=1&h=2"


def test_the_hash_is_that_of_the_spelling():
    assert hash_of("https://example.org/a.jpg") == sha256(b"https://example.org/a.jpg").hexdigest()


@given(st.text(alphabet="htps:/\\.%2eE?#&=aä@[]~' \t", max_size=40), st.sampled_from(["", "https://example.org/a/b?c"]))
def test_whatever_comes_has_one_spelling_or_none(address, base):
    normal = normalised(address, base, DROPPED)
    assert normal.isascii()
    assert normalised(normal, drop=DROPPED) == normal
