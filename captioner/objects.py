"""The eighty kinds of object that MS-COCO marks with boxes (Lin et al. 2014), and the words for them.

The words and phrases are our own list, so that figures can be compared with one another and only roughly with those of
papers, which use the list of Rohrbach et al. (2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from captioner.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

# Words in the singular. What is written here as two words is found as two words, and then neither is found alone: a hot
# dog is no dog.
_WORDS: Final = {
    "person": (
        "person people human man men woman women lady guy boy girl child children kid toddler baby infant teen "
        "teenager adult male female gentleman father mother dad mom parent son daughter brother sister "
        "player batter catcher pitcher umpire skater skateboarder surfer skier snowboarder rider biker "
        "cyclist bicyclist motorcyclist swimmer runner jogger hiker climber dancer worker chef driver passenger "
        "pedestrian student teacher friend audience spectator athlete officer policeman soldier bride groom musician"
    ),
    "bicycle": "bicycle bike cycle",
    "car": "car automobile suv sedan minivan taxi cab jeep",
    "motorcycle": "motorcycle motorbike moped scooter motor_bike dirt_bike",
    "airplane": "airplane plane jet aircraft airliner aeroplane biplane jetliner",
    "bus": "bus trolley minibus",
    "train": "train locomotive tram subway",
    "truck": "truck pickup lorry firetruck",
    "boat": "boat ship canoe kayak sailboat yacht raft ferry rowboat gondola",
    "traffic light": "traffic_light traffic_signal stoplight stop_light street_signal",
    "fire hydrant": "fire_hydrant hydrant",
    "stop sign": "stop_sign",
    "parking meter": "parking_meter",
    "bench": "bench pew",
    "bird": "bird duck goose geese seagull gull pigeon parrot penguin owl eagle swan ostrich chicken rooster hen",
    "cat": "cat kitten kitty",
    "dog": "dog puppy pup doggy poodle terrier retriever greyhound labrador dachshund collie bulldog",
    "horse": "horse pony foal mare stallion",
    "sheep": "sheep lamb ram ewe",
    "cow": "cow cattle calf calves bull ox oxen",
    "elephant": "elephant",
    "bear": "bear polar_bear grizzly",
    "zebra": "zebra",
    "giraffe": "giraffe",
    "backpack": "backpack knapsack rucksack",
    "umbrella": "umbrella parasol",
    "handbag": "handbag purse",
    "tie": "tie necktie bow_tie bowtie",
    "suitcase": "suitcase luggage briefcase",
    "frisbee": "frisbee flying_disc",
    "skis": "ski",
    "snowboard": "snowboard snow_board",
    "sports ball": "ball baseball_ball soccer_ball tennis_ball basketball volleyball",
    "kite": "kite",
    "baseball bat": "baseball_bat bat",
    "baseball glove": "baseball_glove mitt catcher's_mitt baseball_mitt",
    "skateboard": "skateboard skate_board",
    "surfboard": "surfboard surf_board bodyboard",
    "tennis racket": "tennis_racket tennis_racquet racket racquet",
    "bottle": "bottle",
    "wine glass": "wine_glass wineglass",
    "cup": "cup mug",
    "fork": "fork",
    "knife": "knife knives",
    "spoon": "spoon",
    "bowl": "bowl",
    "banana": "banana",
    "apple": "apple",
    "sandwich": "sandwich sandwiches burger hamburger",
    "orange": "orange_slice tangerine clementine",  # the bare word is most often the colour
    "broccoli": "broccoli",
    "carrot": "carrot",
    "hot dog": "hot_dog hotdog",
    "pizza": "pizza",
    "donut": "donut doughnut",
    "cake": "cake cupcake",
    "chair": "chair armchair recliner lawn_chair",
    "couch": "couch sofa loveseat",
    "potted plant": "potted_plant houseplant pot_plant",
    "bed": "bed",
    "dining table": "table desk dining_table kitchen_table picnic_table coffee_table",
    "toilet": "toilet toilet_seat urinal",
    "tv": "tv television monitor",
    "laptop": "laptop notebook_computer laptop_computer",
    "mouse": "mouse mice computer_mouse",
    "remote": "remote remote_control wii_remote",
    "keyboard": "keyboard",
    "cell phone": "cell_phone cellphone phone smartphone mobile_phone telephone",
    "microwave": "microwave",
    "oven": "oven stove",
    "toaster": "toaster",
    "sink": "sink",
    "refrigerator": "refrigerator fridge freezer",
    "book": "book",
    "clock": "clock clock_tower",
    "vase": "vase",
    "scissors": "scissor",
    "teddy bear": "teddy_bear teddy stuffed_bear stuffed_animal",
    "hair drier": "hair_drier hair_dryer blow_dryer",
    "toothbrush": "toothbrush",
}  # fmt: skip
# Two words that hold the name of an object, and mean none.
_OTHER_THINGS: Final = (
    "train_track train_station bus_stop bus_station toilet_paper car_park bird_bath jet_ski ski_slope ski_lift "
    "ski_resort ski_pole ski_jump"
)
_ANIMALS: Final = ("bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe")
_VEHICLES: Final = ("airplane", "bus", "train", "boat", "car", "truck")


def _of_kinds(kinds: Iterable[str], first: str) -> dict[str, str]:
    """Two words of which the second says what it is: a baby elephant is no baby, a passenger train no passenger."""
    return {f"{first}_{word}": kind for kind in kinds for word in _WORDS[kind].split() if "_" not in word}


# What each word or phrase names: a kind of object, or none.
NAMES: Final[dict[str, str]] = {
    **{phrase: kind for kind, phrases in _WORDS.items() for phrase in phrases.split()},
    **dict.fromkeys(_OTHER_THINGS.split(), ""),
    **_of_kinds(_ANIMALS, "baby"),
    **_of_kinds(_ANIMALS, "adult"),
    **_of_kinds(_VEHICLES, "passenger"),
}
KINDS: Final = frozenset(_WORDS)
_PHRASES: Final = Phrases(NAMES)


def mentions(sentence: str) -> list[str]:
    """The kind of each object that a sentence names, in singular or plural; of two readings the longer one."""
    return [kind for kind in _PHRASES.find(sentence) if kind]


def kind_of(word: str) -> str:
    """The kind of object that a word names by itself, in singular or plural; empty if it names none."""
    return _PHRASES.of_word(word) or ""
