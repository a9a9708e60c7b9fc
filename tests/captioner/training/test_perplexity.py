import math

import pytest
import torch

from captioner.encoders import Features
from captioner.training import perplexity as module
from captioner.training.data import Example, StoredImage
from captioner.training.perplexity import perplexity
from captioner.training.sources import KeptFeatures
from captioner.vocabulary import Vocabulary
from tests.captioner.tiny import WORDS, tiny_model

VOCABULARY = Vocabulary(WORDS)
CAPTIONS = [["a dog runs", "two dogs"], ["a red ball on grass"], ["children play", "a", "in water a dog runs on grass"]]
EXAMPLES = [Example("x.webp", tuple(own), StoredImage("shard", 0, 0)) for own in CAPTIONS]
SOURCE = KeptFeatures(Features(torch.randn(3, 0, 0), torch.randn(3, 6)))


@pytest.mark.parametrize("batch", [1, 32])
def test_it_is_the_mean_over_all_words_and_ends(monkeypatch, batch):
    monkeypatch.setattr(module, "BATCH", batch)
    model = tiny_model().eval()
    nats, words = 0.0, 0
    for place, own in enumerate(CAPTIONS):
        features = SOURCE(model.encoder, torch.tensor([place]), torch.tensor([0]))
        for caption in own:
            state, memory = model.decoder.start(features)
            token = VOCABULARY.START
            for target in [*VOCABULARY.encode(caption), VOCABULARY.END]:
                with torch.no_grad():
                    log_probs, state = model.decoder.step(torch.tensor([token]), state, memory)
                nats -= log_probs[0, target].item()
                words += 1
                token = target
    found = perplexity(model, SOURCE, EXAMPLES, VOCABULARY)
    assert found["perplexity"] == pytest.approx(math.exp(nats / words), abs=0.01)
    assert found["unknown_words"] == round(100 / words, 2), "dogs is the only unknown word"


def test_a_decoder_that_knows_nothing_is_as_perplexed_as_its_vocabulary_is_large():
    model = tiny_model()
    with torch.no_grad():
        model.decoder.output.weight.zero_()
        model.decoder.output.bias.zero_()
    assert perplexity(model, SOURCE, EXAMPLES, VOCABULARY)["perplexity"] == pytest.approx(len(VOCABULARY), abs=0.01)
