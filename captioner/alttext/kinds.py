"""What things are kinds of, for words that the model is not sure of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# A kind, one and many of it (a dash where it is not counted): its things; for many an s is added unless more is given.
# A line that begins with a space goes on with the things of the line before.
_TABLE = """
dog, dogs: puppy/puppies labrador retriever greyhound poodle terrier beagle collie dachshund pug husky/huskies
 doberman dalmatian bulldog pitbull corgi rottweiler sheepdog shepherd hound
animal, animals: dog cat kitten horse pony/ponies donkey cow bull calf/calves ox/oxen sheep/sheep lamb goat pig rabbit
 squirrel bear panda elephant giraffe zebra lion lioness/lionesses tiger leopard camel deer/deer monkey fox/foxes
 wolf/wolves bird animal
bird, birds: pigeon seagull duck goose/geese swan chicken turkey parrot owl eagle pelican flamingo
vehicle, vehicles: car truck bus/buses van taxi train tram trolley subway jeep suv lorry/lorries motorcycle motorbike
 scooter moped bicycle bike tricycle tractor bulldozer ambulance limousine trailer wagon
boat, boats: ship canoe kayak sailboat rowboat ferry/ferries raft yacht
aircraft, aircraft: plane airplane jet jetliner helicopter glider biplane
fruit, -: apple banana orange pear grape strawberry/strawberries lemon lime watermelon peach/peaches pineapple
vegetables, -: carrot broccoli cauliflower tomato/tomatoes potato/potatoes lettuce onion cabbage
food, -: pizza sandwich/sandwiches burger hamburger hotdog cake cupcake doughnut donut pastry/pastries pie bread toast
 salad soup pasta noodle rice meat bacon steak omelette cheese cookie cracker bagel croissant burrito taco sushi
 dessert
musical instrument, musical instruments: guitar violin piano flute trumpet saxophone cello accordion drum banjo
 keyboard
furniture, -: chair couch/couches sofa bench/benches stool bed table desk dresser shelf/shelves
 bookcase cabinet
container, containers: bowl cup mug vase bottle glass/glasses jar bucket basket pot
device, devices: laptop computer television tv monitor phone cellphone telephone camera remote microwave toaster oven
 stove refrigerator printer
building, buildings: house church/churches tower castle hotel store shop restaurant hut barn
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a thing is a kind of. one, many: its words for one and for several. counted: whether it takes an article.

    number: of the thing's own word, "one", "many", or "either" as in sheep.
    """

    one: str
    many: str
    counted: bool
    number: str

    @property
    def is_vague(self) -> bool:
        """Whether so little is said by its word that a clause with it is better left out: "with a device"."""
        return self.one in _VAGUE

    def is_single(self, word_alone: bool) -> bool:
        """Whether one thing is meant. word_alone: a word like "a" stands before it."""
        return self.number == "one" or (self.number == "either" and word_alone)


_VAGUE = ("device", "container", "furniture", "building")


def _read(table: str) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for line in table.strip().replace("\n ", " ").splitlines():
        names, words = line.split(": ")
        one, many = names.split(", ")
        counted = many != "-"
        many = many if counted else one
        for word in words.split():
            single, _, plural = word.partition("/")
            plural = plural or f"{single}s"
            numbers = {single: "either"} if plural == single else {single: "one", plural: "many"}
            for thing, number in numbers.items():
                kinds.setdefault(thing, Kind(one, many, counted, number))
    return kinds


KINDS: Final = _read(_TABLE)
