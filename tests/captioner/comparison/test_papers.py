from captioner.comparison.papers import PAPERS
from captioner.decoders import DECODERS


def test_every_decoder_has_its_paper():
    assert PAPERS.keys() == DECODERS.keys()
