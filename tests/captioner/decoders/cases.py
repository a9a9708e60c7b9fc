"""Every decoder in every variant, tiny: what the contract is tested on."""

import torch

from captioner.decoders import DECODERS
from captioner.encoders import Features
from captioner.vocabulary import Vocabulary

V, C, D, P = 11, 5, 7, 4  # words, a place's features, pooled features, places

VOCABULARY = Vocabulary("abcdefg")  # V with the special ones
ATTENTION = {"embedding_size": 6, "hidden_size": 8, "attention_size": 9}
CASES = {
    "nic": ("nic", {"embedding_size": 6, "hidden_size": 8}),
    "lrcn 1u": ("lrcn", {"embedding_size": 6, "hidden_size": 8, "layers": 1, "factored": 0}),
    "lrcn 2u": ("lrcn", {"embedding_size": 6, "hidden_size": 8, "layers": 2, "factored": 0}),
    "lrcn 2f": ("lrcn", {"embedding_size": 6, "hidden_size": 8, "layers": 2, "factored": 1}),
    "mrnn": ("mrnn", {"embedding_size": 6, "hidden_size": 8, "multimodal_size": 9}),
    "soft_attention": ("soft_attention", ATTENTION),
    "soft_attention, additive": ("soft_attention", {**ATTENTION, "additive": 1}),
    "adaptive_attention": ("adaptive_attention", ATTENTION),
    "adaptive_attention, additive": ("adaptive_attention", {**ATTENTION, "additive": 1}),
    "top_down": ("top_down", ATTENTION),
    "top_down, additive": ("top_down", {**ATTENTION, "additive": 1}),
}
ATTENTION_CASES = [case for case, (name, sizes) in CASES.items() if "attention_size" in sizes]


def build(case, *, dropout=0.0, lively=True):
    """A decoder in eval mode; `lively` weights make it say different things of different pictures."""
    torch.manual_seed(0)
    name, sizes = CASES[case]
    decoder = DECODERS[name](vocabulary_size=V, feature_size=C, pooled_size=D, dropout=dropout, **sizes)
    if lively:
        with torch.no_grad():
            for weight in decoder.parameters():
                weight.normal_(0, 0.6)
    return decoder.eval()


def features(count, seed=1):
    draw = torch.Generator().manual_seed(seed)
    return Features(torch.randn(count, P, C, generator=draw), torch.randn(count, D, generator=draw))


def sentences(count, length, seed=2):
    return torch.randint(V, (count, length), generator=torch.Generator().manual_seed(seed))
