"""Text made fit for storing."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.library.text import clean_name, clean_text

anything = st.text(st.characters())  # surrogates and control characters too


@given(anything)
def test_clean_text_can_be_stored_anywhere(text):
    clean = clean_text(text)
    assert "\x00" not in clean
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert clean == clean_text(clean) == clean.strip()


@given(st.text("abc \n\tÄ漢🙂'\"<&>", min_size=1).map(str.strip))
def test_clean_text_leaves_honest_text_alone(text):
    assert clean_text(text) == text


@given(anything | st.text("ab./\\", max_size=600))
def test_clean_name_is_one_short_line_and_no_path(name):
    clean = clean_name(name)
    assert 1 <= len(clean) <= 255
    assert not set("/\\\n\t\x00") & set(clean)


def test_a_shortened_name_keeps_its_ending():
    assert clean_name("x" * 300 + ".jpeg").endswith("....jpeg")


def test_a_name_cannot_turn_the_direction_of_what_follows():
    assert clean_name("photo\u202egpj.exe") == "photogpj.exe"
    assert clean_name("\u2067\u2069") == "image"


def test_a_text_of_which_nothing_can_be_seen_is_empty():
    assert clean_text("\u200b \u2060") == clean_text("\u200b\n\u200b") == clean_text("\u3164\ufe0f") == ""
    assert clean_text("A family: 👨\u200d👩\u200d👧.") == "A family: 👨\u200d👩\u200d👧."
