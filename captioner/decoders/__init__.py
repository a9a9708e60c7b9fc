"""Decoders: features in, sentences out. One file a paper, one interface."""

from collections.abc import Callable

from captioner.decoders.attention import AdaptiveAttention, SoftAttention, TopDownAttention
from captioner.decoders.base import Decoder, Memory, State
from captioner.decoders.lrcn import LRCN
from captioner.decoders.mrnn import MRNN
from captioner.decoders.nic import NIC

DECODERS: dict[str, Callable[..., Decoder]] = {
    "nic": NIC,
    "lrcn": LRCN,
    "mrnn": MRNN,
    "soft_attention": SoftAttention,
    "adaptive_attention": AdaptiveAttention,
    "top_down": TopDownAttention,
}

__all__ = [
    "DECODERS",
    "LRCN",
    "MRNN",
    "NIC",
    "AdaptiveAttention",
    "Decoder",
    "Memory",
    "SoftAttention",
    "State",
    "TopDownAttention",
]
