"""Words for people: which of them guess at sex, age, kinship or trade, and what can be seen instead."""

from __future__ import annotations

from typing import Final

from captioner.alttext.words import word_set

_TABLE = """
person: man woman guy lady gentleman male female adult bloke fellow person mother father mom dad mum wife husband
 grandmother grandfather aunt uncle businessman businesswoman policeman policewoman fireman firefighter cop soldier
 doctor nurse priest monk lawyer teacher waiter waitress teen teenager youth gal dude
people: men women guys ladies gentlemen males females adults fellows people mothers fathers parents wives husbands
 grandparents businessmen businesswomen policemen firemen firefighters cops soldiers doctors nurses priests monks
 lawyers teachers waiters waitresses teens teenagers youths dudes
child: boy girl kid son daughter brother sister youngster lad schoolboy schoolgirl child
children: boys girls kids sons daughters brothers sisters youngsters lads schoolboys schoolgirls children
"""


def _read(table: str) -> dict[str, str]:
    """A line that begins with a space goes on with the words of the line before."""
    lines = [line.split(": ") for line in table.strip().replace("\n ", " ").splitlines()]
    return {word: neutral for neutral, words in lines for word in words.split()}


# What a picture shows is a person or a child; the rest is said by those who know.
NEUTRAL: Final = _read(_TABLE)
PLURAL: Final = {"person": "people", "child": "children"}
YOUNGEST: Final = word_set("baby babies toddler toddlers infant infants")

# Said of a person, these are guesses at age, descent, mood, health, or judgements of looks.
GUESSES: Final = word_set(
    """young younger old older elderly aged middle-aged little teenage adult adolescent grown elder senior juvenile
    asian african african-american american chinese japanese indian european hispanic latino latina mexican caucasian
    oriental arab jewish muslim irish british french german italian russian australian scottish native black white
    dark-skinned light-skinned fair-skinned brown-skinned colored ethnic foreign
    happy sad angry excited upset unhappy bored tired lonely scared joyful cheerful proud surprised serious curious
    blind deaf disabled injured sick pregnant drunk crazy insane homeless poor rich
    pretty beautiful handsome cute ugly attractive sexy gorgeous lovely fat overweight obese skinny chubby nice
    lonely-looking happy-looking amish gay straight married male female"""
)

PRONOUNS: Final = {
    "he": "they",
    "she": "they",
    "him": "them",
    "hers": "theirs",
    "his": "their",
    "himself": "themselves",
    "herself": "themselves",
}
NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
