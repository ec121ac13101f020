"""Mutants of every platform's answers: nearly all must be noticed (tests/mutants.py)."""

from __future__ import annotations

import pytest

from crawler.fetch.tape import Exchange
from tests.cases import NOW
from tests.mutants import Fared, Mutant, fates, judge, mutants, read_platforms, share_noticed, table
from tests.quick import Run
from tests.test_contract import normal

NOTICED = 0.95  # of all platforms' mutants
NOTICED_BY_EACH = 0.8


@pytest.fixture(scope="module")
def everything() -> dict[str, list[Fared]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROLECALL_NOW", NOW.isoformat())
        return {name: fates(name) for name in read_platforms()}


def test_nearly_all_mutants_are_noticed(
    everything: dict[str, list[Fared]], capsys: pytest.CaptureFixture[str]
) -> None:
    fared = [one for platform in everything.values() for one in platform]
    with capsys.disabled():
        print(f"\nMutants of {len(everything)} platforms:\n{table(fared)}")  # noqa: T201
    assert share_noticed(fared) >= NOTICED, _missed(fared)


@pytest.mark.parametrize("name", read_platforms())
def test_every_platform_notices_most(everything: dict[str, list[Fared]], name: str) -> None:
    fared = everything[name]
    kinds = {one.mutant.kind for one in fared}
    assert kinds >= {"rename", "replace"}, "no mutants: is the fixture too small?"
    assert share_noticed(fared) >= NOTICED_BY_EACH, _missed(fared)
    replaced = [one for one in fared if one.mutant.kind == "replace"]
    assert not _missed(replaced), "a page replaced by another is always noticed"


def _missed(fared: list[Fared]) -> list[str]:
    return [f"{f.mutant.kind} {f.mutant.says}: {f.why}" for f in fared if f.fate == "missed"]


# --- the suite can fail --------------------------------------------------------------------------


def made(kind: str, says: str) -> tuple[Run, Mutant]:
    _, exchanges, whole = normal("lever")
    return whole, next(m for m in mutants(exchanges, whole) if (m.kind, m.says) == (kind, says))


def fate_of(whole: Run, exchanges: list[Exchange], kind: str = "rename") -> str:
    from tests.quick import run

    return judge(whole, run(whole.spider, exchanges), kind)[0]


def test_the_suite_tells_harmless_lost_missed_and_caught_apart() -> None:
    whole, mutant = made("rename", "key 'text'")
    assert fate_of(whole, mutant.exchanges) == "caught"
    whole, mutant = made("rename", "key 'createdAt'")
    assert fate_of(whole, mutant.exchanges) == "loss"
    whole, _ = made("rename", "key 'id'")
    (exchange,) = normal("lever")[1]
    swapped = exchange.answer.replace(b"Data Steward", b"Data Stewart")
    assert swapped != exchange.answer
    changed = Exchange(exchange.method, exchange.url, headers=exchange.headers, answer=swapped)
    assert fate_of(whole, [changed]) == "missed"
    nothing = Exchange(exchange.method, exchange.url, headers=exchange.headers, answer=b"[]")
    assert fate_of(whole, [nothing]) == "missed"
    assert fate_of(whole, [nothing], "empty") == "caught"
    assert fate_of(whole, [exchange]) == "harmless"
