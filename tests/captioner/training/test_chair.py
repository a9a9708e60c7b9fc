import pytest

from captioner.objects import KINDS, mentions
from captioner.training.chair import chair
from captioner.training.data import Example, StoredImage


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("A hot dog on a plate.", {"hot dog"}),
        ("Two dogs and a teddy bear on a couch.", {"dog", "teddy bear", "couch"}),
        ("People are riding horses near geese.", {"person", "horse", "bird"}),
        ("A bus waits at a bus stop.", {"bus"}),
        ("Knives, glasses and scissors.", {"knife", "scissors"}),
        ("Buses and ponies and skis; a man's tie.", {"bus", "horse", "skis", "tie"}),
        ("An orange wall with two stop signs.", {"stop sign"}),
        ("A baby elephant beside a passenger train.", {"elephant", "train"}),
        ("A family of ducks, a couple of mice, a jet ski on a ski slope.", {"bird", "mouse"}),
        ("A man cooks; a toilet seat.", {"person", "toilet"}),
        ("", set()),
        ("Grass.", set()),
    ],
)
def test_objects_are_found_by_the_words_for_them(sentence, kinds):
    assert set(mentions(sentence)) == kinds


def test_every_kind_is_found_by_its_own_name():
    assert len(KINDS) == 80
    assert {kind for kind in KINDS if kind not in mentions(f"there are {kind} here")} == {"orange"}


def example(*captions, objects=()):
    return Example("x.webp", captions, StoredImage("shard", 0, 0), objects)


def test_an_object_is_there_if_a_caption_or_a_box_says_so():
    examples = [example("A puppy sits.", objects=("frisbee",)), example("A man.", "He has a horse."), example("Sea.")]
    figures = chair(["A dog with a frisbee and a ball.", "A person rides a pony.", "Waves."], examples)
    assert figures == {"CHAIR-s": pytest.approx(33.33), "CHAIR-i": 20.0}


def test_an_object_that_is_named_twice_counts_twice():
    figures = chair(["A dog and a dog and a cat."], [example("A cat.")])
    assert figures == {"CHAIR-s": 100.0, "CHAIR-i": pytest.approx(66.67)}


def test_sentences_without_objects_are_no_error():
    assert chair(["Waves."], [example("Sea.")]) == {"CHAIR-s": 0.0, "CHAIR-i": 0.0}
