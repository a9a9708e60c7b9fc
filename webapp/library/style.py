"""How a site wants its texts written: what that changes in drafts, and what it says of a person's text."""

import re

from captioner.alttext import Style
from captioner.alttext.lint import lint
from webapp.accounts.models import Site


def style_of(site: Site) -> Style:
    """What the rules that write alt texts follow."""
    return Style(final_stop=site.final_stop, soft_length=site.soft_length)


def advice_on(text: str, site: Site) -> list[str]:
    """What is wrong with a text, in sentences: by rules for everybody, then by the site's. Nothing is refused."""
    if not text.strip():
        return []
    advice = [problem.says for problem in lint(text)]
    if len(text) > site.soft_length:
        advice.append(f"It has {len(text)} characters. On this site texts should have at most {site.soft_length}.")
    if site.final_stop and not text.rstrip().endswith((".", "!", "?", "…")):
        advice.append("It has no full stop at its end, at which a screen reader would pause.")
    banned = [word for word in site.banned_words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]
    if banned:
        advice.append(f"This site does not use: {', '.join(banned)}.")
    return advice
