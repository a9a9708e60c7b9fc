import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.vocabulary import Vocabulary, tokenise


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A dog runs .", ["a", "dog", "runs"]),
        ("Two men, one in a T-shirt!", ["two", "men", "one", "in", "a", "t-shirt"]),
        ("the man\N{RIGHT SINGLE QUOTATION MARK}s hat", ["the", "man's", "hat"]),
        ("'quoted' - and dashed -- words", ["quoted", "and", "dashed", "words"]),
        ("   ", []),
    ],
)
def test_sentences_are_split_into_lower_case_words(sentence, words):
    assert tokenise(sentence) == words


def test_rare_words_are_unknown_and_frequent_ones_come_first():
    vocabulary = Vocabulary.from_sentences(["dog cat dog", "dog cat bird"], min_count=2)
    assert vocabulary.words == ("dog", "cat")
    assert vocabulary.encode("Cat, bird!") == [5, Vocabulary.UNKNOWN]


def test_words_of_equal_frequency_are_in_alphabetical_order():
    assert Vocabulary.from_sentences(["b a c", "c b a"], min_count=1).words == ("a", "b", "c")


def test_a_sentence_has_a_capital_and_a_full_stop_and_no_special_tokens():
    vocabulary = Vocabulary(["a", "dog"])
    assert vocabulary.decode([Vocabulary.START, 4, 5, Vocabulary.END, Vocabulary.PAD]) == "A dog."


def test_each_style_has_a_start_token_that_is_never_a_word():
    vocabulary = Vocabulary(["a", "dog"], ["coco", "flickr8k"])
    assert len(vocabulary) == 8
    assert (vocabulary.start_id("coco"), vocabulary.start_id("flickr8k")) == (6, 7)
    assert vocabulary.unwritable == (Vocabulary.PAD, Vocabulary.START, Vocabulary.UNKNOWN, 6, 7)
    assert vocabulary.decode([7, 4, 5, Vocabulary.END]) == "A dog."
    assert vocabulary.encode("coco flickr8k") == [Vocabulary.UNKNOWN, Vocabulary.UNKNOWN]


def test_the_first_style_is_the_usual_one():
    vocabulary = Vocabulary(["a"], ["coco", "flickr8k"])
    assert vocabulary.start_id() == vocabulary.start_id("postcards") == vocabulary.start_id("coco")


def test_without_styles_there_is_one_start_token():
    vocabulary = Vocabulary(["a"])
    assert vocabulary.start_id() == vocabulary.start_id("coco") == Vocabulary.START
    assert vocabulary.unwritable == (Vocabulary.PAD, Vocabulary.START, Vocabulary.UNKNOWN)


def test_words_that_people_rarely_repeat_are_to_be_written_once():
    sentences = ["a dog and a cat", "a dog on a dog", "a cat on a mat", "the cat", "dog on dog on mat"]
    vocabulary = Vocabulary.from_sentences(sentences, min_count=1, repeated=0.5)
    assert vocabulary.repeatable == ("a", "dog")  # again in 3 of 3 and in 2 of 3; "on" again in 1 of 3
    assert vocabulary.tokens(vocabulary.once) == ("on", "cat", "mat", "and", "the")


def test_all_words_may_be_repeated_unless_said_otherwise():
    for vocabulary in (Vocabulary(["a", "dog"]), Vocabulary.from_sentences(["a dog"], min_count=1)):
        assert vocabulary.repeatable is None
        assert vocabulary.once == ()
    assert Vocabulary(["a", "dog"], ["coco"], []).once == (4, 5)


def test_no_words_are_no_sentence():
    assert Vocabulary(["a"]).decode([]) == ""


def test_words_must_be_distinct():
    with pytest.raises(ValueError, match="distinct"):
        Vocabulary(["a", "a"])


@given(st.lists(st.sampled_from(["a", "dog", "t-shirt", "man's", "3"]), min_size=1))
def test_what_is_decoded_encodes_to_the_same_ids(words):
    vocabulary = Vocabulary(["a", "dog", "t-shirt", "man's", "3"])
    ids = vocabulary.encode(" ".join(words))
    assert len(ids) == len(words)
    assert vocabulary.encode(vocabulary.decode(ids)) == ids
    assert list(vocabulary.tokens(ids)) == words
