"""Names: who somebody is, a picture does not tell. People whom a model names are people, and no more.

Telling names from other words in capitals (a London bus, a Christmas tree) takes a list of given names, which stand
where a person's name stands: without an article, and never behind "in" or "at", where places are. Longer lists would
find more, and take more places, dogs and brands for people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from captioner.alttext.people import NEUTRAL, PLURAL
from captioner.alttext.persons import counted
from captioner.alttext.rule import Rule
from captioner.alttext.words import Words, bare, replaced, without, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

# No other meaning is likely: they are names in small letters too, and by themselves.
_GIVEN: Final = word_set(
    """aaron abraham adele adolf albert alejandro alexander alexandria alfred alice alicia allison amanda amelia amy
    andrea andrew andy angela angelina anna anne annie anthony antonio ariana arnold arthur ashley audrey barack
    barbara benjamin bernie bethany betty beyonce bradley brandon brenda brian britney bruce bryan camilla carlos
    carmen carol caroline catherine cathy cheryl christina christine christopher cindy claire clara claudia colin
    connor cristiano cynthia daniel danielle darren david deborah debra denise dennis derek diana diane diego
    dolores dominic donald donna dorothy douglas dwayne dylan edward eileen elaine eleanor elena elizabeth ellen
    elon elvis emily emma eric erica esther ethan eugene evelyn fatima felipe fernando fiona francesca francis
    frederick gabriel gandhi gareth gary george gerald gianni giovanni giuseppe gloria gordon greg gregory greta
    guillermo gwen hannah harold harriet heidi helen henry hillary howard hugh ian ingrid irene isaac isabel
    isabella ivan jacob jacqueline jake jamal james jamie jane janet janice jason javier jeff jeffrey jennifer jenny
    jeremy jerome jesse jessica jill jim jimmy joan joanna joe johannes john johnny jonathan jorge jose joseph
    joshua joyce juan judith judy julia julian julie juliette justin kamala karen karl kate katherine kathleen
    kathryn kathy katie katy keanu keith kelly kenneth kevin kim kimberly kyle larry laura lauren lawrence lebron
    leonardo leroy leslie liam linda lionel lisa lorenzo louise lucas lucy luis luke lukas madonna malcolm marcel
    marco margaret maria marie marilyn mario marlene martha martin mary matt matthew maureen megan meghan melania
    melissa michael michelle miguel mike mohamed mohammed muhammad nancy naomi natalie natasha nathan neil nelson
    nicholas nicole nigel nikolai noah novak olaf oliver olivia oprah oscar otto pablo pamela patricia patrick paul
    paula pedro peter phil philip phillip phyllis pierre priya rachel rafael ralph raymond rebecca rene ricardo
    richard rihanna robert roberta rodrigo roger roland ronald ronaldo rosa roy russell ruth ryan sally samantha
    samuel sandra sara sarah scarlett scott sean serena sergei sharon shirley simon sofia sophia sophie stephanie
    stephen steve steven stuart susan sylvia tamara teresa theodore theresa thomas tim timothy tina todd tom tommy
    tony tracy trevor tristan vanessa vera veronica victor vincent virginia vivian vladimir walter wanda warren
    wayne wendy wilhelm william xavier yolanda yusuf zachary zoe obama putin biden hitler einstein merkel zelensky
    messi mandela churchill clinton"""
)
# Names only in capitals with a surname behind: by themselves they are other things too.
_WITH_SURNAME: Final = word_set(
    """adam alan alex austin barry bill billy bob bobby brad britney charles charlie charlotte chris clint cliff
    craig dale dan dean don drew edgar ernest frank fred gene grace grant harrison harry hugo hunter jack jackie jay
    jean jerry jordan josh kobe lady lance lee leo lily louis madison marcus mark max mick miles morgan nick novak
    owen pat pete prince ray rex rob robin rod ron rose ross ruby sam serena shaun spencer stan stella taylor ted
    terry tiger tyler usain victoria will woody xi kanye emmanuel jackson melania narendra rishi keir ursula olaf"""
)
_TITLES: Final = word_set("mr mrs ms dr sir dame president king queen prince princess senator pope emperor chancellor")
# What makes a name that of a place, a thing or an animal.
_NOT_PERSONS: Final = word_set(
    """street avenue road lane square park bridge tower towers station airport university college school museum
    stadium arena hotel church cathedral temple island islands river lake mountain mountains bay beach castle palace
    hall house building center centre monument memorial statue zoo day market hospital library airlines airways
    falls canyon valley hill hills city county wheel terrier spaniel retriever shepherd dog cat bear pepper kong
    charles size sized bed russell deere davidson bull bulls america street's sushi pizza sandwich crown lear duck
    vuitton posters style book books novel poster"""
)
_MAY_STAND_BEFORE: Final = word_set(
    """of with by and or beside behind as like than about is are was while where between against over under next
    watches watching holds holding hugs hugging kisses kissing meets meeting shows showing depicts depicting
    features featuring picture photo statue portrait painting poster image actor actress singer president man woman
    politician"""
)
_VERBS: Final = word_set(
    """is are was were has had wears waves speaks sings plays sits stands walks runs holds looks smiles talks rides
    poses gives kicks throws takes shakes hugs plays appears performs dances drives eats drinks reads points and or
    with in on at by from who while as during for to of near next behind beside wearing"""
)
_NAMED: Final = re.compile(
    r"(?:named|called|nicknamed|known as|identified as|by the name of"
    r"|((?:who |that )?(?:looks?|looking) like|resembling|who resembles|(?:who|that) (?:is|(?:appears|seems) to be)"
    r"|(?:possibly|probably|likely|perhaps|maybe))) ",
    re.IGNORECASE,
)
_ROMAN: Final = word_set("i ii iii iv v vi vii viii xvi jr sr")
_MOST_WORDS: Final = 4


def _without_names(words: Words, style: Style) -> Words:
    """ "Barack Obama and a dog" is "a person and a dog", "a man named John" is "a man"."""
    words = _without_being_named(words)
    named, place = words, 0
    while place < len(named):
        length = _length_of_name(named, place)
        if length:
            last = named[place + length - 1].text
            stem = last.rstrip(".,;:!?")
            ending = ("'s" if stem.endswith(("'s", "s'")) else "") + last[len(stem) :]
            if place + length < len(named) and ending == ".":
                ending = ""
            one = ("A" if place == 0 and named[place].text[0].isupper() else "a", f"person{ending}")
            before = bare(named[place - 1]) if place else ""
            if before in NEUTRAL or before in _TITLES:  # "the actor Tom Hanks": the person is there
                named = without(named, range(place, place + length))
                continue
            named = replaced(named, place, length, *one)
        place += 1
    return words if named == words else counted(named)


def _without_being_named(words: Words) -> Words:
    """ "A man named John Smith is cooking" is "a man is cooking"."""
    for place in range(1, len(words) - 1):
        text = " ".join(word.text for word in words[place : place + 5])
        naming = _NAMED.match(text)
        before = bare(words[place - 1])
        if naming is None or not (before in NEUTRAL or before in PLURAL or before in ("baby", "player", "singer")):
            continue
        first = end = place + len(naming[0].split())
        if naming[1] and not (end < len(words) and bare(words[end]) in _GIVEN | _WITH_SURNAME):
            continue
        while end < len(words) and end - first < _MOST_WORDS and _may_be_name(words, end, first):
            end += 1
            if words[end - 1].text.endswith((",", ".")):
                break
        if end > first:
            return without(words, range(place, end))
    return words


def _may_be_name(words: Words, place: int, first: int) -> bool:
    text = words[place].text
    if text[:1].isupper():
        return True
    if bare(words[place]) in _VERBS or text.endswith("ing"):
        return False
    return place - first < 2  # in small letters a given name and a surname


def _length_of_name(words: Words, place: int) -> int:
    """In how many words somebody is named there; 0 if nobody is."""
    text, stem = words[place].text, bare(words[place])
    before = bare(words[place - 1]) if place else ""
    if place and not (before in _MAY_STAND_BEFORE or words[place - 1].text.endswith((",", ".", ":"))):
        return 0
    capital = text[:1].isupper()
    is_title = capital and stem in _TITLES
    if stem in _TITLES and not capital:  # "president barack obama"
        follows = place + 1 < len(words) and bare(words[place + 1]) in _GIVEN
        return 1 + _length_in_small_letters(words, place + 1) if follows else 0
    if before == "st" or (before == "of" and place > 1 and bare(words[place - 2]) == "star"):
        return 0  # Saint Patrick's Day, the star of David
    if not (is_title or stem in _GIVEN or (capital and stem in _WITH_SURNAME)):
        return 0
    length = 1
    if not _ends(text):
        while (
            place + length < len(words)
            and length < _MOST_WORDS
            and (words[place + length].text[:1].isupper() or bare(words[place + length]) in _ROMAN)
        ):
            length += 1
            if _ends(words[place + length - 1].text):
                break
    following = [bare(word) for word in words[place + 1 : place + length + 1]]  # the word behind the name too
    if any(word in _NOT_PERSONS for word in following):
        return 0
    if capital:
        return length if length > 1 or (stem in _GIVEN and _stands_alone(words, place + 1)) else 0
    return _length_in_small_letters(words, place)


def _length_in_small_letters(words: Words, place: int) -> int:
    """ "Barack obama is giving": models that write no capitals name people all the same."""
    if _stands_alone(words, place + 1):
        return 1
    return 2 if _stands_alone(words, place + 2) else 0


def _stands_alone(words: Words, place: int) -> bool:
    """Whether a name may have ended before this place."""
    if place >= len(words):
        return place == len(words)
    return _ends(words[place - 1].text) or bare(words[place]) in _VERBS or words[place].text.endswith("ing")


def _ends(text: str) -> bool:
    return text.endswith((",", ".", ";", ":", "!", "?", "'s", "s'")) and text.lower().rstrip(".") not in _TITLES


NAMES = Rule("guard-names", "Does not tell who somebody is: a picture does not say", "", _without_names)
