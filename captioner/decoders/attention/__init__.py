"""Decoders that look at the feature grid again for every word."""

from captioner.decoders.attention.adaptive import AdaptiveAttention
from captioner.decoders.attention.base import AttentionDecoder, doubly_stochastic_penalty
from captioner.decoders.attention.soft import SoftAttention
from captioner.decoders.attention.top_down import TopDownAttention

__all__ = ["AdaptiveAttention", "AttentionDecoder", "SoftAttention", "TopDownAttention", "doubly_stochastic_penalty"]
