"""What sentences name, and when they are right."""

import pytest

from captioner.things import is_right, places_of_things, things, unsupported

DOG = ("A brown dog runs across the grass.", "A puppy in a field.")


def names(sentence):
    return [thing.name for thing in things(sentence)]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Two dogs on the beach.", ["dog", "beach"]),
        ("A hot dog on a plate.", ["hot_dog", "plate"]),
        ("A cat lies on top of a bed.", ["cat", "bed"]),
        ("A man in front of leaves and shelves.", ["man", "shelf"]),
        ("A train on the train tracks.", ["train", "train_track"]),
        ("A baby elephant in the water.", ["baby_elephant", "water"]),
        ("A man waves and leaves the fire truck.", ["man"]),
        ("A surfer rides a big wave.", ["surfer", "big_wave"]),
        ("A boy jumps into the leaves.", ["boy", "the_leaves"]),
        ("A dog with a collar walks through the woods.", ["dog", "collar", "woods"]),
        ("A man looks at the camera through glass.", ["man", "camera"]),
        ("A water bottle and a baseball cap.", []),
        ("Running and jumping.", []),
    ],
)
def test_what_a_sentence_names(sentence, named):
    assert names(sentence) == named


@pytest.mark.parametrize(
    "sentence",
    [
        "A dog in a meadow.",  # puppy is dog, field is meadow
        "An animal on a lawn.",  # a dog is an animal
        "A dog, very fast and blue, flies.",  # what is done and in which colour is not looked at
    ],
)
def test_a_sentence_is_right_if_all_that_it_names_is_in_a_caption(sentence):
    assert is_right(sentence, DOG)
    assert unsupported(sentence, DOG) == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("A dog with a frisbee in the grass.", ["frisbee"]),
        ("A cat and a bird on a couch.", ["cat", "bird", "couch"]),
        ("A child with a dog.", ["child"]),
    ],
)
def test_what_nobody_saw_makes_it_wrong(sentence, wrong):
    assert unsupported(sentence, DOG) == wrong
    assert not is_right(sentence, DOG)


def test_a_general_word_does_not_prove_a_special_one():
    assert unsupported("A dog.", ["An animal runs."]) == ["dog"]
    assert unsupported("A child.", ["A person runs."]) == ["child"]
    assert unsupported("A person.", ["A little girl runs."]) == []


@pytest.mark.parametrize(
    ("sentence", "caption"),
    [
        ("A man in the ocean.", "A man waves at the camera."),
        ("A man in the water.", "A child digs in the sand."),
        ("A man in the water.", "A man with a water bottle and a surfboard."),
        ("A dog in a stadium.", "A dog runs through a field."),
        ("An elephant under a tree.", "An elephant raises its trunk."),
        ("A dog in a forest.", "A dog lies on a wood floor."),
        ("A child with a ball.", "A child with a baseball cap."),
        ("A building.", "Children are building a castle of sand."),
        ("A restaurant.", "A child on the monkey bars."),
        ("A fire.", "A fire truck."),
        ("A cliff.", "A small rock."),
        ("A big wave.", "A man waves from the shore."),
        ("A wall.", "A man on a ledge."),
        ("A bench.", "A man on his seat."),
    ],
)
def test_words_that_only_look_alike_prove_nothing(sentence, caption):
    assert unsupported(sentence, [caption])


def test_a_box_proves_what_no_caption_says():
    assert unsupported("A dog with a frisbee.", DOG, ["frisbee"]) == []
    assert unsupported("A table and a cell phone.", DOG, ["dining table", "cell phone"]) == []


def test_where_people_are_there_are_clothes_but_no_hats():
    assert is_right("A man in a blue shirt.", ["A boy jumps."])
    assert unsupported("A man in a hat.", ["A man jumps."]) == ["hat"]
    assert unsupported("A dog in a shirt.", DOG) == ["shirt"]


def test_a_sentence_that_names_nothing_is_not_right():
    assert not is_right("It is very beautiful.", DOG)


def test_words_for_things():
    words = ["a", "dog", "runs", "on", "grass", "with", "<unk>", "skis", "of"]
    assert [words[place] for place in places_of_things(words)] == ["dog", "grass", "skis"]
    assert places_of_things(["a", "cat", "on", "top", "of", "a", "hot", "dog"]) == [1, 6, 7]
