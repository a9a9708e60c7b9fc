"""What became of the drafts, as charts with tables beside them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.owners import session_owner
from webapp.review.figures import BandFigures, Outcome, figures_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart and of the table beside it; widths are percentages of the chart."""

    label: str
    outcome: Outcome
    note: str = ""

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """What is drawn, from left to right: kind, where it begins, how wide it is."""
        begins, parts = 0.0, []
        for kind in ("unchanged", "edited", "rejected"):
            width = 100 * getattr(self.outcome, kind) / self.outcome.total
            parts.append((kind, round(begins, 2), round(width, 2)))
            begins += width
        return parts


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Coverage, and what became of the drafts by band and by week."""
    found = figures_of(session_owner(request))
    context = {
        "figures": found,
        "coverage": round(100 * found.with_text / found.images) if found.images else 0,
        "charts": [
            ("by-band", "By how sure the draft was", [_bar_of_band(band) for band in found.bands]),
            ("by-week", "By week", [Bar(date_format(week.monday, "j F Y"), week.outcome) for week in found.weeks]),
        ],
    }
    return render(request, "review/figures.html", context)


def _bar_of_band(band: BandFigures) -> Bar:
    if band.expected is None:
        return Bar(band.band.words, band.outcome)
    note = f"expected right {band.expected:.0%}, used unchanged {band.used:.0%}"
    return Bar(band.band.words, band.outcome, note.replace("%", " %"))
