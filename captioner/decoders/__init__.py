"""Decoders: features in, sentences out. One file a paper, one interface."""

from captioner.decoders.base import Decoder, Memory, State
from captioner.decoders.nic import NIC

DECODERS: dict[str, type[Decoder]] = {"nic": NIC}

__all__ = ["DECODERS", "NIC", "Decoder", "Memory", "State"]
