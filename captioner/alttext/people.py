"""Words for people: which of them guess at sex, age, kinship or trade, and what can be seen instead."""

from __future__ import annotations

from typing import Final

from captioner.alttext.words import word_set

_TABLE = """
person: man woman guy lady gentleman male female adult bloke fellow person mother father mom dad mum wife husband
 grandmother grandfather aunt uncle businessman businesswoman policeman policewoman fireman firefighter cop soldier
 doctor nurse priest monk nun lawyer teacher waiter waitress teen teenager youth gal dude cowboy cowgirl chef farmer
 student tourist scientist engineer surgeon dentist citizen immigrant refugee
people: men women guys ladies gentlemen males females adults fellows people mothers fathers parents wives husbands
 grandparents businessmen businesswomen policemen firemen firefighters cops soldiers doctors nurses priests monks nuns
 lawyers teachers waiters waitresses teens teenagers youths dudes cowboys cowgirls chefs farmers students tourists
 scientists engineers surgeons dentists citizens immigrants refugees seniors folks people
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
# People told by what they do or whom they are with; of them too nothing is guessed.
OTHERS: Final = word_set(
    """couple couples family families crowd team player players rider riders skier skiers surfer surfers skater
    skaters
    skateboarder skateboarders snowboarder snowboarders biker bikers cyclist cyclists runner runners climber climbers
    dancer dancers singer singers musician musicians performer performers worker workers hiker hikers swimmer swimmers
    athlete athletes bride groom friend friends pedestrian pedestrians spectator spectators adult adults face faces"""
)

# Said of a person, these are guesses at age, descent, mood, health, or judgements of looks.
GUESSES: Final = word_set(
    """young younger old older elderly aged middle-aged little teenage adult adolescent grown elder senior juvenile
    asian african african-american american chinese japanese indian european hispanic latino latina mexican caucasian
    oriental arab arabic jewish muslim christian buddhist hindu sikh catholic korean vietnamese thai filipino turkish
    greek spanish polish swedish canadian brazilian pakistani egyptian somali latin interracial biracial mixed-race
    irish british french german italian russian australian scottish native black white
    dark-skinned light-skinned fair-skinned brown-skinned colored ethnic foreign
    happy sad angry excited upset unhappy frightened nervous worried confused depressed bored tired lonely scared
    joyful cheerful proud surprised serious curious
    blind deaf disabled handicapped autistic injured sick ill pregnant drunk intoxicated crazy insane homeless poor
    rich
    pretty beautiful handsome cute ugly attractive sexy gorgeous lovely adorable slim slender fat overweight obese
    skinny chubby nice
    amish gay lesbian straight transgender married unmarried wealthy male female"""
)
COLOURS: Final = word_set("black white")  # of a person's skin, but also of what they wear
DECADES: Final = word_set("teens twenties thirties forties fifties sixties seventies eighties nineties")

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
