"""Clean: what a captioner leaves behind in a sentence, and what a screen reader says anyway."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from captioner.alttext.people import PLURAL
from captioner.alttext.rule import Rule
from captioner.alttext.words import Word, Words, joined, texts, without, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_TAG = re.compile(r"<[^<>]*>|\[(?:CLS|SEP|PAD|UNK|MASK|BOS|EOS|INST|/INST)\]")
# What BLIP writes at the beginning of many sentences; it is no word of any language.
_NO_WORD = re.compile(r"ara(?:f|ff|fe|ffe|fed|ffed|fes|ffes)", re.IGNORECASE)
_DRESSING = '"`*_#~“”„‟«»'  # quotation marks and markdown
_UNSPOKEN = ("So", "Sk", "Cc", "Cf", "Co", "Cs", "Cn")  # emoji and other symbols, control and format characters
_LOOKS_OF_EMOJI = "\ufe0e\ufe0f"  # variation selectors
_HASHTAG = re.compile(r"#\w*[^\W\d]\w*")
_ENDINGS = ("'s", "n't", "'re", "'ve", "'ll", "'d")
_MARKS = ".,;:!?'"
_ARTICLES = ("a", "an")
_DETERMINERS = (*_ARTICLES, "the")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp|data):\S+|www\.\S+|\S+\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|heic|svg))", re.IGNORECASE
)
_DANGLING = word_set(
    "a an the of with and or but nor because in on at by to for from into onto upon over under beneath underneath above"
    " below near next beside between among against along across toward towards within without beyond behind through"
    " while as than like where when that which who whose is are was were has have his her its their my your our some"
    " each every another both very two this these those front wearing holding carrying containing having showing"
)
# What an article leads to a noun with; the noun did not come. No "orange", which may be the noun.
_NOT_YET_A_NOUN = word_set(
    "large big small little tiny huge long short tall wide old new young red blue green white black brown yellow pink"
    " purple grey gray wooden metal colorful colourful bright dark"
)
# "In the middle of the" says where no more than "of the" does.
_PARTS = word_set(
    "top front side middle back edge end bottom corner center centre rest bunch group couple lot lots pair piece row"
    " pile variety number array assortment selection collection kind type sort set plenty part"
)
_LEADS = word_set("in on at by to from with near into onto behind beside and along across around through under over")
_WITH_SOMETHING = word_set("filled topped covered lined surrounded loaded")  # which went
_OF_MANY = word_set("different various assorted several other")  # "a bunch of different"
MEDIA = (
    "(?:(?:(?:very )?(?:old|blurry|blurred|nice|great|good|beautiful|colou?r|stock|cropped|digital|close[ -]?up) )*"
    "(?:image|picture|photo|photograph|pic|graphic|shot|snapshot|selfie|view)|close[ -]?up)"
)
_SHOWING = "show|depict|contain|feature|capture|display|present|portray|illustrate|includ|represent"
_SHOWS = (
    rf"(?:of(?: of)*|is of|(?:that )?(?:{_SHOWING})e?s?|shows"
    r"|(?:show|depict|contain|featur|captur|display|present|portray|illustrat|includ|represent)ing"
    r"|(?:appears|seems) to (?:be of|show|depict|contain|feature|be)"
    rf"|taken of|is (?:an?|the) {MEDIA} (?:of|showing))"
)
_OPENER = re.compile(
    rf"(?:(?:(?:an?|the|this) )?{MEDIA}(?::| {_SHOWS})|in (?:this|the) {MEDIA},?|there (?:is|are)|this is|these are"
    r"|here (?:is|are)|it is|it's|(?:we|you|i|one) (?:can )?see"
    rf"|the (?:main )?(?:subject|focus|object) of (?:the|this) {MEDIA} is) (?=.)",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    rf"(?:\(?automatic description,? may be wrong\)?[:.,]?|(?:(?:an?|the|this) )?{MEDIA} may (?:contain|show|include):?"
    r"|(?:possibly|probably|maybe|perhaps|likely|apparently),?|(?:it|this|there|what) (?:may|might|could) be"
    r"|(?:it|this|what) (?:looks like|(?:seems|appears) to be)|i (?:think|guess|believe)(?: that)?"
    r"(?: (?:it is|it's|this is))?) (?=.)",
    re.IGNORECASE,
)
_DOUBT_BEHIND = re.compile(r"[\s,]*\(?automatic description,? may be wrong\)?[\s.]*\Z", re.IGNORECASE)
_LONGEST_REPEAT = 8  # words
_LINKS = ("and", "with")
_VOWEL_SOUND = re.compile(r"(?:[aeio]|u(?!ni|se|su|te|ti|ke|k$)|hour|honest|heir|8|11(?!\d)|18(?!\d))", re.IGNORECASE)
_NO_VOWEL_SOUND = re.compile(r"(?:one|once|eu|ufo|usb|[Uu]\.)", re.IGNORECASE)
_SPELT = word_set("suv rv mri mp3 mp4 x-ray")  # whose first letter's name begins with a vowel


def _plain(words: Words, style: Style) -> Words:
    """Special tokens, tags, quotation marks, markdown and symbols go; "man 's hat ." is "man's hat."."""
    found: list[Word] = []
    quoted = False
    for word in words:
        text = unicodedata.normalize("NFC", _TAG.sub(" ", html.unescape(word.text)))
        for part in text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split():
            if _ADDRESS.fullmatch(part.strip(_DRESSING + _MARKS)) or _NO_WORD.fullmatch(part.strip(_MARKS)):
                continue
            if _HASHTAG.fullmatch(part.strip(_MARKS)):
                continue
            bare = "".join(letter for letter in part if letter not in _DRESSING and _is_spoken(letter))
            quoted = quoted or (bare.startswith("'") and not bare.startswith(_ENDINGS))
            if not bare.strip(_DASHES):
                continue
            if bare.startswith(_ENDINGS) or not bare.strip(_MARKS):
                if bare and found:
                    found[-1] = Word(found[-1].text + bare, found[-1].probability)
            elif bare := bare.lstrip("'") if bare.endswith("s'") and not quoted else bare.strip("'"):
                found.append(Word(bare, word.probability))
    return _without_lone_brackets(tuple(found))


def _without_lone_brackets(words: Words) -> Words:
    """Brackets go where not each has its fellow."""
    text = joined(words)
    if all(text.count(left) == text.count(right) for left, right in _BRACKETS.items()):
        return words
    marks = {ord(mark): None for pair in _BRACKETS.items() for mark in pair}
    bare = (Word(word.text.translate(marks), word.probability) for word in words)
    return tuple(word for word in bare if word.text)


def _without_shouting(words: Words, style: Style) -> Words:
    """ "A DOG RUNS" is "a dog runs"; a word in capitals among others may be a name."""
    if len(words) < 2 or not joined(words).isupper():
        return words
    return tuple(Word(word.text.lower(), word.probability) for word in words)


def _without_doubt(words: Words, style: Style) -> Words:
    """ "Possibly a dog" is "a dog": how sure a draft is, is told behind it and by its band."""
    while doubt := _DOUBT.match(joined(words)):
        words = words[len(doubt[0].split()) :]
    behind = _DOUBT_BEHIND.search(joined(words))
    return words[: len(words) - len(behind[0].split())] if behind else words


def _is_spoken(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSPOKEN and letter not in _LOOKS_OF_EMOJI


def _without_opener(words: Words, style: Style) -> Words:
    """ "A picture of a dog" is "a dog"; drawings, maps and screenshots stay what they are."""
    while opener := _OPENER.match(joined(words)):
        words = words[len(opener[0].split()) :]
    return words


def _without_repeats(words: Words, style: Style) -> Words:
    """ "A bed and a bed", "a bed, a bed" and "a bed with a bed" are "a bed"; "a man a man" is "a man"."""
    changed = True
    while changed:
        changed = False
        sentence = [text.lower().rstrip(",") or text for text in texts(words)]
        for length in range(min(_LONGEST_REPEAT, len(sentence) // 2), 0, -1):
            for first in range(len(sentence) - 2 * length + 1):
                part = sentence[first : first + length]
                links = sentence[first + length : first + length + 1]
                if links == ["with"] and part[-1] in PLURAL:
                    continue  # "a child with a child behind them" are two
                link = sum(text in _LINKS for text in links)
                again = first + length + link
                if sentence[again : again + length] == part and part[0] not in _LINKS:
                    words = without(words, range(first, again))
                    changed = True
                    break
            if changed:
                break
    return words


def _without_dangling_end(words: Words, style: Style) -> Words:
    """ "A dog on a" is "a dog", "a dog on top of" too, and "a dog with a red"."""
    gone = ""
    while len(words) > 1:
        *before, last = (text.lower().rstrip(_MARKS) for text in texts(words))
        if last in _NOT_YET_A_NOUN and before[-1] in _DETERMINERS and len(before) > 1:
            words = words[:-2]
        elif (
            last in _DANGLING
            or (last in _WITH_SOMETHING and gone == "with")
            or (last in _OF_MANY and before[-1] == "of")
        ):
            words = words[:-1]
            if last == "of":
                words = words[: len(words) - _part_at_end(before)]
            gone = last
        else:
            return words
    return words


def _part_at_end(words: list[str]) -> int:
    """How many words at the end name a part, as "the side" or "top", behind a word like "on"; 0 if they do not."""
    length = 2 if words[-2:-1] and words[-2] in _DETERMINERS else 1
    return length if words[-1] in _PARTS and len(words) > length + 1 and words[-length - 1] in _LEADS else 0


def _with_right_articles(words: Words, style: Style) -> Words:
    """ "A elephant" is "an elephant", and "a an elephant" too."""
    sentence = [text.lower() for text in texts(words)]
    doubled = [
        place for place, pair in enumerate(pairwise(sentence)) if pair[0] in _DETERMINERS and pair[1] in _DETERMINERS
    ]
    found = list(without(words, doubled))
    for place in range(len(found) - 1):
        article, following = found[place], found[place + 1].text
        if article.text.lower() not in _ARTICLES:
            continue
        if following[1:2].isupper():
            continue  # "an SUV", but "a STOP sign": whether the letters are spelt is not known
        vowel = _VOWEL_SOUND.match(following) or following.lower().rstrip(_MARKS) in _SPELT
        right = "an" if vowel and not _NO_VOWEL_SOUND.match(following) else "a"
        if article.text.lower() != right:
            right = right.capitalize() if article.text[0].isupper() else right
            found[place] = Word(right, article.probability)
    return tuple(found)


PLAIN = Rule("clean-plain", "Leaves out marks, tags and symbols that are read aloud as noise", "", _plain)
SHOUTING = Rule("clean-shouting", "Writes a sentence in small letters that stands in capitals", "", _without_shouting)
DOUBT = Rule("clean-doubt", "Leaves out doubt in the sentence itself: it is told behind it", "", _without_doubt)
OPENERS = Rule(
    "clean-openers",
    'Leaves out "a picture of": screen readers say that it is a picture',
    "W3C WAI, Images Tutorial, Tips and Tricks",
    _without_opener,
)
REPEATS = Rule("clean-repeats", "Says a thing once", "", _without_repeats)
DANGLING = Rule("clean-dangling-end", "Drops an end that leads nowhere", "", _without_dangling_end)
ARTICLES = Rule("clean-articles", 'Writes "an" before a vowel and "a" elsewhere', "", _with_right_articles)
