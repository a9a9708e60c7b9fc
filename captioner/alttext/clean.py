"""Clean: what a captioner leaves behind in a sentence, and what a screen reader says anyway."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from captioner.alttext.rule import Rule
from captioner.alttext.words import Word, Words, joined, texts, without, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_TAG = re.compile(r"<[^<>]*>")
_DRESSING = '"`*_#~“”„‟«»'  # quotation marks and markdown
_UNSPOKEN = ("So", "Sk", "Cc", "Cf", "Co", "Cs", "Cn")  # emoji and other symbols, control and format characters
_ENDINGS = ("'s", "n't", "'re", "'ve", "'ll", "'d")
_MARKS = ".,;:!?'"
_ARTICLES = ("a", "an")
_DANGLING = word_set(
    "a an the of with and or in on at by to for from into onto over under near next beside behind through while as"
    " that which who is are was were his her its their some two this front"
)
_MEDIA = "(?:(?:close[ -]?up )?(?:image|picture|photo|photograph|pic|graphic|shot|view)|close[ -]?up)"
_OPENER = re.compile(
    rf"(?:(?:(?:an?|the|this) )?{_MEDIA} (?:of|is of|(?:that )?(?:shows?|depicts?)|showing|depicting)"
    rf"|in (?:this|the) {_MEDIA},?|there (?:is|are)|this is|these are|here (?:is|are)) (?=.)",
    re.IGNORECASE,
)
_LONGEST_REPEAT = 5  # words
_VOWEL_SOUND = re.compile(r"(?:[aeio]|u(?!ni|se|su|te|ti|ke|k$)|hour|honest|heir|8|11(?!\d)|18(?!\d))", re.IGNORECASE)
_NO_VOWEL_SOUND = re.compile(r"(?:one|once|eu)", re.IGNORECASE)


def _plain(words: Words, style: Style) -> Words:
    """Special tokens, tags, quotation marks, markdown and symbols go; "man 's hat ." is "man's hat."."""
    found: list[Word] = []
    for word in words:
        text = unicodedata.normalize("NFC", _TAG.sub(" ", html.unescape(word.text)))
        for part in text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split():
            bare = "".join(letter for letter in part if letter not in _DRESSING and _is_spoken(letter))
            if bare.startswith(_ENDINGS) or not bare.strip(_MARKS):
                if bare and found:
                    found[-1] = Word(found[-1].text + bare, found[-1].probability)
            elif bare := bare.strip("'"):
                found.append(Word(bare, word.probability))
    return tuple(found)


def _is_spoken(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSPOKEN


def _without_opener(words: Words, style: Style) -> Words:
    """ "A picture of a dog" is "a dog"; drawings, maps and screenshots stay what they are."""
    while opener := _OPENER.match(joined(words)):
        words = words[len(opener[0].split()) :]
    return words


def _without_repeats(words: Words, style: Style) -> Words:
    """ "A bed and a bed" is "a bed"; "a man a man" is "a man"."""
    changed = True
    while changed:
        changed = False
        sentence = [text.lower() for text in texts(words)]
        for length in range(min(_LONGEST_REPEAT, len(sentence) // 2), 0, -1):
            for first in range(len(sentence) - 2 * length + 1):
                part = sentence[first : first + length]
                link = 1 if sentence[first + length : first + length + 1] == ["and"] else 0
                again = first + length + link
                if sentence[again : again + length] == part and part != ["and"]:
                    words = without(words, range(first + length, again + length))
                    changed = True
                    break
            if changed:
                break
    return words


def _without_dangling_end(words: Words, style: Style) -> Words:
    """ "A dog on a" is "a dog"."""
    while len(words) > 1 and words[-1].text.lower() in _DANGLING:
        words = words[:-1]
    return words


def _with_right_articles(words: Words, style: Style) -> Words:
    """ "A elephant" is "an elephant"."""
    found = list(words)
    for place in range(len(found) - 1):
        article, following = found[place], found[place + 1].text
        if article.text.lower() not in _ARTICLES:
            continue
        right = "an" if _VOWEL_SOUND.match(following) and not _NO_VOWEL_SOUND.match(following) else "a"
        if article.text.lower() != right:
            right = right.capitalize() if article.text[0].isupper() else right
            found[place] = Word(right, article.probability)
    return tuple(found)


PLAIN = Rule("clean-plain", "Leaves out marks, tags and symbols that are read aloud as noise", "", _plain)
OPENERS = Rule(
    "clean-openers",
    'Leaves out "a picture of": screen readers say that it is a picture',
    "W3C WAI, Images Tutorial, Tips and Tricks",
    _without_opener,
)
REPEATS = Rule("clean-repeats", "Says a thing once", "", _without_repeats)
DANGLING = Rule("clean-dangling-end", "Drops an end that leads nowhere", "", _without_dangling_end)
ARTICLES = Rule("clean-articles", 'Writes "an" before a vowel and "a" elsewhere', "", _with_right_articles)
