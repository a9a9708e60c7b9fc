"""The groups of a report as pages show them: a heading, what to do, and the cards of their images."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.audit.models import Audit
from webapp.audit.problems import Group
from webapp.pages.audits.use_cards import UseCard, use_cards

SHOWN = 10  # images of each group on the report; all of them have a page of their own
_TODOS = {
    "describe": (
        "Needs a description",
        "Nothing tells readers what these show. Have drafts made, check them, and put them into your page.",
    ),
    "name": (
        "Needs a name",
        "These are all that a link or button holds. Say where it leads or what it does, not what the image shows.",
    ),
    "empty": (
        'Needs alt="", if you agree',
        "These carry nothing that is not said beside them, so screen readers should pass over them.",
    ),
    "person": (
        "Only a person can say",
        "The page gives too little to tell what these are for. Each says what to think of.",
    ),
    "nothing": ("Nothing to do", "No rule is broken here. The reason stands beside each."),
}
_CRITERIA = {
    "1.1.1": "1.1.1 Non-text Content",
    "2.4.4": "2.4.4 Link Purpose",
    "4.1.2": "4.1.2 Name, Role, Value",
}


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with the cards that are shown of it."""

    group: Group
    cards: Sequence[UseCard]

    @property
    def id(self) -> str:
        """Names it in addresses, and its heading."""
        return self.group.id

    @property
    def kind(self) -> str:
        """ "Error" or "Warning" for a rule; empty for what is merely to be done."""
        return self.group.rule.severity.capitalize() if self.group.rule else ""

    @property
    def title(self) -> str:
        """What is wrong, or what is needed."""
        return self.group.rule.says.rstrip(".") if self.group.rule else _TODOS[self.group.id][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return self.group.rule.do if self.group.rule else _TODOS[self.group.id][1]

    @property
    def source(self) -> str:
        """The success criterion that is failed, and who says so."""
        rule = self.group.rule
        if rule is None:
            return ""
        numbers = [number for number in rule.criterion.split(", ") if number]
        failed = f"Fails WCAG 2.2: {', '.join(_CRITERIA.get(number, number) for number in numbers)}." if numbers else ""
        return " ".join(
            part for part in (failed, f"Rule {rule.number}.", rule.source and f"Source: {rule.source}.") if part
        )

    @property
    def count(self) -> str:
        """ "12 images"."""
        return images(len(self.group.uses))

    @property
    def total(self) -> int:
        """How many images have it."""
        return len(self.group.uses)

    @property
    def elsewhere(self) -> str:
        """How many of them stand in a group above; empty for none."""
        above = len(self.group.uses) - len(self.group.here)
        return f"{above:,} of them {'stands' if above == 1 else 'stand'} above, under another problem." if above else ""

    @property
    def has_more(self) -> bool:
        """Whether there are more than are shown."""
        return len(self.cards) < len(self.group.uses)


def images(count: int) -> str:
    """ "1 image", "12 images"."""
    return f"{count:,} image{'s' * (count != 1)}"


def shown_groups(audit: Audit, groups: Sequence[Group], *, in_site: bool) -> list[ShownGroup]:
    """The groups, each with its first images; an image stands in the first group that it belongs to."""
    picked = {group.id: group.here[:SHOWN] for group in groups}
    cards = use_cards(audit, {pk: group for group, pks in picked.items() for pk in pks}, in_site=in_site)
    return [ShownGroup(group, [cards[pk] for pk in picked[group.id] if pk in cards]) for group in groups]
