"""What is wrong on the pages of an audit, and what is to be done there, as lists of uses."""

from dataclasses import dataclass
from functools import cached_property

from webapp.audit.access import uses_on
from webapp.audit.describe import DESCRIBED
from webapp.audit.models import Audit
from webapp.scan.lint import RULES, PageRule

# Groups of uses by what is to be done, beside those of the rules.
TODOS = {"describe": DESCRIBED, "name": ("name",), "empty": ("empty",), "person": ("person",), "nothing": ("nothing",)}


@dataclass(frozen=True, slots=True)
class Line:
    """A use, as far as grouping needs it."""

    pk: int
    todo: str
    rules: tuple[str, ...]

    @property
    def needs_something(self) -> bool:
        """Whether there is anything to be done about it."""
        return self.todo != "nothing" or bool(self.rules)

    def is_in(self, group: str) -> bool:
        """Whether it belongs to the group: of a rule's id, or of ``TODOS``. Where a rule is broken, something is."""
        if group == "nothing":
            return not self.needs_something
        return self.todo in TODOS[group] if group in TODOS else group in self.rules


@dataclass(frozen=True, slots=True)
class Group:
    """Uses that have the same problem, or that need the same. rule: the problem; None where ``id`` is of ``TODOS``.

    here: those of its uses that are in no group before it.
    """

    id: str
    rule: PageRule | None
    uses: tuple[int, ...]
    here: tuple[int, ...]


class Outline:
    """The uses of an audit in their order; one query."""

    def __init__(self, audit: Audit) -> None:
        rows = uses_on(audit).order_by("page__position", "position")
        self.lines = [
            Line(pk, todo, tuple(finding["id"] for finding in findings))
            for pk, todo, findings in rows.values_list("pk", "todo", "facts__findings")
        ]

    @cached_property
    def needing(self) -> int:
        """How many need something."""
        return sum(line.needs_something for line in self.lines)

    @cached_property
    def groups(self) -> list[Group]:
        """Problems, errors first, then what is to be done, then nothing. Empty groups are left out."""
        rules = sorted(RULES.values(), key=lambda rule: rule.severity != "error")
        found, told = [], set[int]()
        for group in (*(rule.id for rule in rules), *TODOS):
            uses = tuple(line.pk for line in self.lines if line.is_in(group))
            if uses:
                here = tuple(pk for pk in uses if pk not in told)
                told.update(uses)
                found.append(Group(group, RULES.get(group), uses, here))
        return found

    def group(self, name: str) -> Group | None:
        """The group of that id, unless it is empty."""
        return next((group for group in self.groups if group.id == name), None)
