"""JazzHR: the walk over simulated boards, in the usual theme and in a tenant's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crawler.errors import SiteGone
from tests.simulator.base import Job, Site
from tests.simulator.jazzhr import JazzHR
from tests.walking import Walk


def walk(count: int, **quirks: Any) -> Walk:
    jobs = [
        Job(
            number=n,
            title=f"Research Engineer {n}",
            unit="Computing",
            city="Toronto",
            region="ON",
            country="CA",
            country_name="Canada",
            employment_type="PART_TIME",
            workplace="onsite",
            description_html=f"<p>Task {n}.</p>",
            posted_on=date(2026, 8, 1),
        )
        for n in range(1, count + 1)
    ]
    return Walk(JazzHR(Site("quillon", "Quillon", jobs, date(2026, 8, 20), quirks)))


@pytest.mark.parametrize("quirks", [{}, {"theme": "own"}])
def test_every_opening_is_read(quirks: dict[str, Any]) -> None:
    found = walk(30, **quirks)
    assert found.report.listed == 30
    by_id = {posting.native_id: posting for posting in found.postings}
    assert set(by_id) == {f"Sim{n:05d}Qx" for n in range(1, 31)}
    for n in (1, 3):  # the third has no JSON-LD
        posting = by_id[f"Sim{n:05d}Qx"]
        assert posting.url.startswith(f"https://quillon.applytojob.com/apply/Sim{n:05d}Qx")
        assert posting.unit == "Computing"
        assert posting.raw_location == ["Toronto, ON"]
        assert posting.raw_employment_type == "Part Time"
        assert posting.description_html == f"<p>Task {n}.</p>"
        assert posting.raw_date_posted == (None if n == 3 else "2026-08-01")


@pytest.mark.parametrize("theme", ["usual", "own"])
def test_an_empty_board_is_told_from_one_that_cannot_be_read(theme: str) -> None:
    found = walk(0, theme=theme)
    assert found.report.listed == 0
    # The words of the usual theme suffice; with another the vendor's table decides.
    assert found.asked == [
        "https://quillon.applytojob.com/apply",
        *(["https://quillon.applytojob.com/apply/jobs"] if theme == "own" else []),
    ]


@pytest.mark.parametrize(
    ("quirk", "said"), [("lapsed", "Inactive Career Page"), ("unknown", "notfound.html")]
)
def test_a_tenant_that_is_gone(quirk: str, said: str) -> None:
    with pytest.raises(SiteGone, match=said):
        walk(3, **{quirk: True})
