"""What a site wants of its alt texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How alt texts are written.

    switched_off: ids of rules that are not wanted. final_stop: whether texts end with a full stop, at which screen
    readers pause. soft_length: in characters; longer texts lose what they can do without.
    least_evidence: a noun that the model gave a smaller probability is generalised; 0 for never.
    """

    switched_off: frozenset[str] = frozenset()
    final_stop: bool = True
    soft_length: int = 125
    least_evidence: float = 0.1
