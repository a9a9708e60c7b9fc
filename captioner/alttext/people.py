"""Words for people: which of them guess at sex, age, kinship or trade, and what can be seen instead."""

from __future__ import annotations

from typing import Final

from captioner.alttext.words import word_set

_TABLE = """
person: man woman guy lady gentleman male female adult bloke fellow person mother father mom dad mum mommy daddy parent
 wife husband spouse fiance fiancee boyfriend girlfriend grandmother grandfather grandma grandpa granny grandparent
 aunt uncle cousin businessman businesswoman policeman policewoman fireman firefighter cop soldier pilot sailor doctor
 nurse priest nun monk lawyer teacher waiter waitress stewardess teen teenager youth gal dude cowboy cowgirl chef
 farmer student tourist scientist engineer surgeon dentist citizen immigrant refugee migrant politician senator
 celebrity actor actress prostitute hooker slut thug gangster criminal terrorist thief robber burglar prisoner inmate
 beggar hobo tramp addict drunkard gypsy nerd hipster redneck midget cripple retard widow widower
people: men women guys ladies gentlemen males females adults fellows people mothers fathers moms dads mums parents
 wives husbands spouses grandmothers grandfathers grandparents aunts uncles cousins businessmen businesswomen policemen
 firemen firefighters cops soldiers pilots sailors doctors nurses priests monks nuns lawyers teachers waiters
 waitresses teens teenagers youths dudes cowboys cowgirls chefs farmers students tourists scientists engineers surgeons
 dentists citizens immigrants refugees migrants politicians senators celebrities actors actresses prostitutes hookers
 thugs gangsters criminals terrorists thieves robbers burglars prisoners inmates beggars hobos tramps addicts gypsies
 nerds hipsters rednecks midgets cripples seniors newlyweds folks people
child: boy girl kid son daughter brother sister nephew niece grandson granddaughter youngster lad schoolboy schoolgirl
 child
children: boys girls kids sons daughters brothers sisters siblings nephews nieces grandsons granddaughters youngsters
 lads schoolboys schoolgirls children
"""


def _read(table: str) -> dict[str, str]:
    """A line that begins with a space goes on with the words of the line before."""
    lines = [line.split(": ") for line in table.strip().replace("\n ", " ").splitlines()]
    return {word: neutral for neutral, words in lines for word in words.split()}


# What a picture shows is a person or a child; the rest is said by those who know.
DEMONYMS: Final = word_set(
    """asians africans americans europeans mexicans indians arabs muslims jews christians hindus hispanics latinos
    latinas caucasians"""
)
NEUTRAL: Final = {**_read(_TABLE), **dict.fromkeys(DEMONYMS, "people")}
PLURAL: Final = {"person": "people", "child": "children"}
YOUNGEST: Final = word_set("baby babies toddler toddlers infant infants")
# People told by what they do or whom they are with; of them too nothing is guessed.
OTHERS: Final = word_set(
    """couple couples family families crowd team teams player players rider riders skier skiers surfer surfers
    skater skaters skateboarder skateboarders snowboarder snowboarders biker bikers cyclist cyclists bicyclist
    bicyclists runner runners climber climbers dancer dancers singer singers musician musicians performer performers
    worker workers hiker hikers swimmer swimmers athlete athletes gymnast gymnasts wrestler wrestlers golfer golfers
    goalie goalies catcher catchers cheerleader cheerleaders artist artists officer officers companion companions
    teammate teammates partner partners bride groom friend friends pedestrian pedestrians spectator spectators adult
    adults face faces"""
)
# What stands between a guess and such a word: "a female tennis player".
OF_WHAT: Final = word_set(
    """tennis soccer baseball softball basketball volleyball football hockey golf cricket rugby lacrosse polo
    badminton martial police fire rock ice figure ballet folk street bike bicycle motorcycle dirt horse horseback
    water snow beach construction road rescue race track school college professional"""
)

# Said of a person, these are guesses at age, descent, mood, health, or judgements of looks.
GUESSES: Final = word_set(
    """young younger old older elderly aged middle-aged little teenage adult adolescent grown elder senior juvenile
    asian african african-american american chinese japanese indian european hispanic latino latina mexican
    caucasian oriental arab arabic jewish muslim christian buddhist hindu sikh catholic korean vietnamese thai
    filipino turkish greek spanish polish swedish canadian brazilian pakistani egyptian somali latin interracial
    biracial mixed-race irish british french german italian russian australian scottish native black white
    dark-skinned light-skinned fair-skinned brown-skinned colored ethnic foreign happy sad angry excited upset unhappy
    frightened nervous worried confused depressed bored tired lonely scared joyful cheerful proud surprised serious
    curious blind deaf mentally physically disabled handicapped autistic retarded crippled paralyzed paralysed
    wounded injured sick ill pregnant drunk intoxicated crazy insane homeless poor rich nerdy pretty beautiful
    handsome cute ugly attractive sexy gorgeous lovely adorable slim slender fat overweight obese skinny chubby
    curvy busty nice amish gay lesbian straight transgender married unmarried wealthy male female teen teenaged
    teenager preteen gypsy fellow"""
)
# A person by descent, faith or state where no noun follows: "an asian on a bench", "an african american".
ALONE: Final = word_set(
    """asian african american european mexican indian arab muslim jew christian hindu buddhist hispanic latino
    latina caucasian african-american elderly homeless blind disabled"""
)
# Behind "with", these guess at health; behind "from", at descent.
CONDITIONS: Final = (
    "down'?s? syndrome",
    "autism",
    "dementia",
    "alzheimer'?s",
    "disabilit(?:y|ies)",
    "cerebral palsy",
    "cancer",
    "depression",
    "special needs",
)
COUNTRIES: Final = word_set(
    """africa asia europe india china japan korea vietnam thailand mexico brazil russia ukraine germany france italy
    spain greece turkey iran iraq syria afghanistan pakistan israel egypt nigeria somalia ethiopia kenya england
    ireland scotland poland america"""
)
# Words for persons that tell the sex, age or kin of an animal before its name: "a male lion", "a mother bear".
OF_ANIMALS: Final = word_set("male female adult mother father mom mommy mama dad daddy papa brother sister")
# What a word for a person only tells the kind of: "a cowboy hat", "a farmers market".
COMPOUNDS: Final = word_set(
    """hat hats boot boots outfit outfits uniform uniforms costume costumes gear clothes clothing mask market
    markets marked bus buses boat boats attraction attractions location office offices chair room rooms restroom
    restrooms bathroom bathrooms toilet toilets band scout scouts bug bugs statue shop bike car suit suits
    impersonator fawkes smith salad knife"""
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
ONE: Final = ("a", "an", "one", "another")
PEOPLE: Final = frozenset((*NEUTRAL, *PLURAL.values(), *YOUNGEST, *OTHERS))
# Behind a word for a person: no noun that it could belong to.
AFTER_A_PERSON: Final = word_set(
    "a an the and or in on at by to for from into onto over under near next beside behind through while as with"
    " is are who that during up down off"
)
