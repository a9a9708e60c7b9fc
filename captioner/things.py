"""The things and places that sentences name, and when a sentence is right.

A sentence is *right* where everything that it names is there: in a caption that somebody wrote of the picture, or in a
box that somebody drew in it. What is done, in which colour and how often is not looked at, since people who see the
same picture agree on the things in it and choose freely among the rest. So "right" is the least that a text needs: it
misleads nobody about what is in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from captioner.objects import NAMES
from captioner.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Words in the singular, beside those of `captioner.objects`. The words of a line may stand for one another; a word may
# stand in several lines. Two words are joined by a line below.
_SAME: Final = """
child boy girl kid toddler baby infant youngster
crowd audience spectator onlooker bystander parade
bicycle cycle mountain_bike
bike motorcycle motorbike dirt_bike motor_bike moped
grass lawn field meadow pasture turf
court pitch stadium arena ballpark
field pitch
yard backyard lawn garden patio courtyard
park garden playground
forest jungle woodland woods
tree pine palm
bush plant shrub hedge foliage
flower bouquet tulip rose blossom
log stump
the_leaves fallen_leaves autumn_leaves dead_leaves in_leaves of_leaves foliage
hay straw
stick branch twig
mountain hill mountainside hillside peak ridge mountaintop
hill hillside slope mountain dune
slope ski_slope ski_resort
cliff rock_face rock_wall
ledge cliff
ledge railing
ledge curb
valley canyon
rock stone boulder
desert dune
cave tunnel
ocean sea surf a_wave the_wave the_waves big_wave large_wave small_wave huge_wave giant_wave ocean_wave
beach shore shoreline coast sand
lake river pond stream creek canal rapid
pool swimming_pool pond
puddle
waterfall
fountain sprinkler
snow ice snowbank
rain
sky cloud
sun sunset sunrise
rainbow
shadow silhouette
reflection
street road highway roadway lane intersection driveway
driveway parking_lot
sidewalk pavement walkway street crosswalk curb
path trail track walkway
track race_track racetrack raceway
train_track railroad track
ground dirt mud gravel floor pavement
mound dirt
mound hill
hole
city town downtown neighborhood
school classroom
hospital
gym gymnasium
hallway corridor
ceiling
rink ice
ring boxing_ring
rodeo
carnival fair amusement_park
house home cabin cottage hut
store shop market stall booth vendor
church cathedral
barn stable
wall brick_wall building
fence railing gate barrier
railing handrail rail
window
door doorway
bridge overpass
stair step staircase stairway
deck porch balcony patio pier dock
platform stage
roof rooftop
fire campfire flame bonfire fireplace
smoke
lamp lantern
traffic
pole post pipe
wire cable
chain
ladder
cage
barrel
cone
hose sprinkler
candle
tent
flag banner
sign poster billboard advertisement
statue sculpture monument
toy
rope cord string leash
harness leash
collar leash
muzzle
frisbee disc
football rugby
soccer
baseball softball
basketball
volleyball
tennis
hockey
goal net
golf
cricket
lacrosse
hat cap beanie
helmet
mask
headphone earphone headset
necklace bead
apron
ribbon
headband bandanna
shirt t-shirt tank_top top sweater jersey sweatshirt blouse hoodie
jacket coat sweater vest hoodie parka sweatshirt
pants pant jeans jean trouser overalls
shorts
dress skirt gown robe
suit tuxedo
uniform jersey
swimsuit bikini bathing_suit wetsuit swimming_trunk
costume outfit
scarf headscarf
shoe boot sneaker sandal
roller_skate rollerblade skate
glasses sunglasses goggle
beard mustache
glove mitten mitt
bag backpack purse
cart wagon carriage
stroller carriage
wheelchair
ramp halfpipe
slide
a_swing tire_swing rope_swing swing_set
trampoline
hoop
net
obstacle hurdle
tunnel tube
restaurant cafe diner
kitchen
bathroom restroom
bathtub tub bath
shower
bedroom
living_room
office
station train_station
airport runway
zoo
market grocery
counter table
shelf bookshelf bookcase
cabinet cupboard
mirror
curtain
pillow cushion
blanket towel
carpet rug mat
plate dish tray
pot pan
paper newspaper magazine
wine_glass wineglass glass_of
beverage beer wine cocktail soda milk
coffee
cigarette
ice_cream
meat chicken beef steak
vegetable
fruit
bread
salad
microphone
guitar
drum
violin fiddle cello
flute
trumpet
saxophone
accordion
piano
computer laptop monitor screen
screen tv
screen projector
camera camcorder
tripod
controller wii wiimote nintendo remote
gun rifle pistol weapon
trash garbage
box
basket
bucket
tire wheel
trailer
atv quad four_wheeler
unicycle
tractor
helicopter
parachute
balloon
bubble
kayak canoe paddle
raft
sled sledge toboggan
tattoo
painting drawing mural graffiti
wedding bride groom
monkey ape
deer
goat
rabbit bunny
lion
tiger
pig
fish
squirrel
turtle
camel
referee umpire
clown
goalie goalkeeper
jockey
wrestler boxer
racer
photographer
cowboy
"""
# What names no thing: words that are more often verbs, and pairs of which one word alone would name something else.
_NOTHING: Final = (
    "top_of front_of back_of side_of wave leave building_a building_an water_bottle water_gun baseball_cap baseball_hat"
    " fire_truck fire_engine tennis_shoe wood_floor hard_wood monkey_bar street_sign"
)
# A general name, and the words that it may be said of beside its own.
_GENERAL: Final = """
person people: child crowd referee clown goalie jockey wrestler racer photographer cowboy
animal: bird cat dog horse sheep cow elephant bear zebra giraffe monkey deer goat rabbit lion tiger pig fish squirrel
 turtle camel
vehicle: bicycle car motorcycle bus train truck tractor trailer bike atv unicycle
traffic: car bus truck motorcycle
water: ocean lake pool puddle waterfall fountain boat
building: house store church barn restaurant tower hotel castle
food meal dinner lunch breakfast snack: banana apple sandwich orange_slice broccoli carrot pizza donut cake meat
 vegetable bread rice salad fruit
 ice_cream pasta soup cheese potato noodle dessert hot_dog
fruit: banana apple
vegetable: carrot broccoli
instrument: guitar drum piano violin flute trumpet saxophone cello accordion
room: kitchen bathroom bedroom living_room office
toy: ball doll frisbee kite teddy_bear
ball: football soccer baseball basketball volleyball tennis
furniture: chair couch bed table
seat: chair couch bench
device: laptop computer tv phone
board: skateboard surfboard snowboard
clothes clothing shirt t-shirt top: man child dress jacket pants suit costume uniform
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing or place that a sentence names.

    name: the word or words, in the singular. needs: of which at least one must be in the picture for the name to be
    true. shows: what is in the picture if the name is true.
    """

    name: str
    needs: frozenset[str]
    shows: frozenset[str]


def things(sentence: str) -> list[Thing]:
    """The things and places that a sentence names, in its order."""
    return [thing for thing in _phrases().find(sentence) if thing.needs]


def places_of_things(words: Sequence[str]) -> list[int]:
    """The places of those words of a sentence that name things."""
    return [place for places, thing in _phrases().places(words) if thing.needs for place in places]


def unsupported(sentence: str, captions: Iterable[str], objects: Iterable[str] = ()) -> list[str]:
    """What a sentence names that is in no caption of the picture and in no box.

    objects: kinds of MS-COCO, as boxes have them.
    """
    seen = frozenset(objects).union(*(thing.shows for caption in captions for thing in things(caption)))
    return [thing.name for thing in things(sentence) if not thing.needs & seen]


def is_right(sentence: str, captions: Iterable[str], objects: Iterable[str] = ()) -> bool:
    """Whether a sentence names something, and nothing that is not there."""
    return bool(things(sentence)) and not unsupported(sentence, captions, objects)


@lru_cache(maxsize=1)
def _phrases() -> Phrases[Thing]:
    needs: dict[str, set[str]] = {name: {kind} - {""} for name, kind in NAMES.items()}
    for number, line in enumerate(_SAME.strip().splitlines()):
        for word in line.split():
            if number == 0:
                needs[word] = set()  # a child is a person, and to say so is to say more
            needs.setdefault(word, set()).add(f"line {number}")
    needs |= {name: set() for name in _NOTHING.split()}
    shows = {name: set(meanings) for name, meanings in needs.items()}
    for line in _GENERAL.strip().replace("\n ", " ").splitlines():
        names, specific = line.split(": ")
        general, *others = names.split()
        for word in (general, *others):
            needs.setdefault(word, set()).add(general)
            shows.setdefault(word, set()).add(general)
        included = set[str]().union(*(needs.get(word, ()) for word in specific.split()))
        for word, meanings in needs.items():
            if meanings & included:
                shows[word].add(general)
    return Phrases({name: Thing(name, frozenset(needs[name]), frozenset(shows[name])) for name in needs})
