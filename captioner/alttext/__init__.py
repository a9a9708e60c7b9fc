"""A caption is not yet alt text: small named rules that clean, guard and polish it. Standard library only."""

from captioner.alttext.polish import hedged, unhedged
from captioner.alttext.rule import AppliedRule, Rule
from captioner.alttext.style import Style
from captioner.alttext.text import SHORTENED, SHORTENED_HINT, text_alt
from captioner.alttext.write import RULES, AltText, with_doubt, withheld_of, write_alt_text

__all__ = [
    "RULES",
    "SHORTENED",
    "SHORTENED_HINT",
    "AltText",
    "AppliedRule",
    "Rule",
    "Style",
    "hedged",
    "text_alt",
    "unhedged",
    "with_doubt",
    "withheld_of",
    "write_alt_text",
]
