"""Where the model looked for each thing, in the words of the draft that people are shown."""

import re
from collections.abc import Sequence
from typing import Any

from captioner.alttext.people import NEUTRAL


def looks_as_said(looks: Sequence[dict[str, Any]], drafts: Sequence[Any]) -> list[dict[str, Any]]:
    """The looks with the draft's words: a "boy" of whom it says "child" is called so here too.

    Args:
        looks: as ``Inference.looks`` keeps them, in the model's words.
        drafts: the candidates of the suggestion; the first that the model wrote counts.
    """
    draft = next((one["text"] for one in drafts if one["source"] == "model"), "")
    said = set(re.findall(r"[\w'-]+", draft.lower()))
    neutral = [NEUTRAL.get(look["word"], look["word"]) for look in looks]
    return [look | {"word": word} if word in said else look for look, word in zip(looks, neutral, strict=True)]
