import torch

from captioner.checkpoint import Generation
from captioner.encoders import Features
from captioner.training.evaluation import write_sentences
from captioner.training.sources import KeptFeatures
from captioner.vocabulary import Vocabulary
from tests.captioner.tiny import WORDS, tiny_model


def test_a_sentence_without_a_word_is_written_only_if_there_is_no_other():
    vocabulary = Vocabulary(WORDS)
    model = tiny_model()
    with torch.no_grad():
        model.decoder.output.bias[vocabulary.END] += 50
    source = KeptFeatures(Features(torch.randn(3, 0, 0), torch.randn(3, 6)))
    narrow, wide = (
        write_sentences(model, source, 3, vocabulary, Generation(beam_size=beam, length_penalty=0.0, max_length=4))
        for beam in (1, 3)
    )
    assert narrow == [""] * 3
    assert all(wide)
