from captioner.training.data import Example, Split, StoredImage
from captioner.training.diversity import diversity, known_sentences

SENTENCES = ["A dog runs.", "A dog runs.", "Two children play in water.", "A ball."]


def test_sentences_are_compared_by_their_words():
    examples = (Example("x.webp", ("a DOG runs!", "a dog"), StoredImage("shard", 0, 0)),)
    figures = diversity(SENTENCES, known_sentences([Split("set/train", examples), Split("set/empty", ())]))
    assert figures == {"distinct": 3, "mean_length": 3.25, "novel": 50.0}


def test_without_training_captions_nothing_is_said_of_novelty():
    assert "novel" not in diversity(SENTENCES)
