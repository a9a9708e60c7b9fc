"""How rare in training what a photograph shows is."""

from captioner.training.data import Example, StoredImage
from captioner.training.rarity import NO_KIND, rarity


def example(*captions, objects=()):
    return Example("x.jpg", captions, StoredImage(None, 0, 0), objects)


def test_the_rarest_kind_counts():
    training = [example("a dog")] * 101 + [example("a cat")] * 21 + [example("a field", objects=("cup",))] * 20
    shown = [
        example("a dog runs"),
        example("a dog and a cat"),
        example("a puppy", objects=("cat", "cup")),
        example("a dog", objects=("zebra",)),
        example("the sky"),
    ]
    assert rarity(shown, training) == ["more than 100", "21 to 100", "1 to 20", "none", NO_KIND]
