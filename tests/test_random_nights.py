"""Random nights with faults close nothing falsely and miss no closing (tests/random_truth.py).

`python -m tests.random_nights 10000 --http 200` plays more of them and prints what happened.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from crawler.night import outcome
from db import commit
from pipelines.store import Store
from tests.random_http import over_http
from tests.random_nights import synthetic
from tests.random_site import random_weather
from tests.random_truth import Broken, Truth


def test_five_hundred_synthetic_nights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_NOW", "")
    happened = synthetic(500, seed=2)
    assert happened["nights"] == 500
    for name in ("closed", "reopened", "truth: hide", "truth: held nights", "truth: untitle"):
        assert happened[name], f"{name} never happened: this proved too little"
    outcomes = {name for name in happened if name.startswith("outcome")}
    assert outcomes == {f"outcome {name}" for name in outcome.OUTCOMES} - {"outcome config_error"}


def test_ten_nights_over_http() -> None:
    happened = over_http(10)
    assert happened["nights"] == 10
    assert happened["closed"]
    assert happened["truth: hide"]


def absences_of_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a run that was not read to its end counted absences too."""
    monkeypatch.setattr(outcome, "COMPLETE", frozenset(outcome.OUTCOMES))
    monkeypatch.setattr(commit, "COMPLETE", outcome.OUTCOMES)


def no_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    _policy(monkeypatch, guard_min=10**6)


def late_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    _policy(monkeypatch, close_after=4)


def rejects_are_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a listed posting that lost its title were not there."""
    original = Store.item_dropped

    def dropped(self: Store, item: Any, exception: BaseException) -> None:
        sightings = list(self.sightings)
        original(self, item, exception)
        self.sightings = sightings

    monkeypatch.setattr(Store, "item_dropped", dropped)


def _policy(monkeypatch: pytest.MonkeyPatch, **changed: int) -> None:
    original = commit.commit_source_run

    def committed(*args: Any, **kwargs: Any) -> dict[str, int]:
        return original(*args, **{**kwargs, "policy": commit.Policy(**changed)})

    monkeypatch.setattr("db.store.commit_source_run", committed)


@pytest.mark.parametrize(
    "fault", [absences_of_every_run, no_guard, late_closing, rejects_are_absent]
)
def test_a_house_with_a_fault_is_found_out(
    fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nights prove something: each of these faults breaks a promise within some of them."""
    monkeypatch.setenv("ROLECALL_NOW", "")
    fault(monkeypatch)
    with pytest.raises(Broken):
        synthetic(1_500, seed=3)


def test_what_no_rule_can_tell_is_not_played() -> None:
    """A few postings stay away for two complete runs at most, and a board for eleven."""
    longest = {False: 0, True: 0}
    truth = Truth(Random(5))
    truth.add(20)
    believed: dict[int, bool] = {}
    for _ in range(3_000):
        truth.dawn(believed)
        seen = {job.number for job in truth.listed}
        before = dict(believed)
        believed = {n: job.is_open for n, job in truth.jobs.items() if n in believed or n in seen}
        truth.dusk(before, believed, complete=True, seen=seen, read=seen)
        longest[truth.mass] = max(longest[truth.mass], truth.hidden_for)
    assert longest == {False: 2, True: 11}


def test_the_weather_is_half_fair() -> None:
    pick = Random(1)
    names = [random_weather(pick, 3).name for _ in range(2_000)]
    assert 900 < names.count("fair") < 1_100
    assert len(set(names)) == 20
