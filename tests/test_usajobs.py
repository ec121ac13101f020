"""USAJOBS wants a personal key: where it comes from, and what is said without one."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from crawler.errors import ConfigError
from crawler.loader import spider_class
from crawler.platform import Platform
from crawler.recognise import Recogniser
from crawler.sources import SHIPPED, Source, read_catalogue

URL = "https://www.usajobs.gov/"


def spider(**params: Any) -> type[Platform]:
    source = Source(id="federal", platform="usajobs", employer="U.S.", url=URL, params=params)
    return spider_class(source)


@pytest.fixture(autouse=True)
def _no_key_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ROLECALL_USAJOBS_KEY", "ROLECALL_USAJOBS_EMAIL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("given", [{}, {"key": "k"}, {"email": "desk@fernwood.example"}])
def test_without_a_key_and_its_address_nothing_is_asked(given: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"developer\.usajobs\.gov/apirequest"):
        spider(**given).from_crawler(get_crawler())


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_USAJOBS_KEY", "not-a-key")
    monkeypatch.setenv("ROLECALL_USAJOBS_EMAIL", "desk@fernwood.example")
    requests = list(spider(keywords=["research software", "data steward"])().listing())  # type: ignore[attr-defined]
    assert [request.url.split("?")[1] for request in requests] == [
        "Keyword=research+software&ResultsPerPage=500&Page=1&Fields=Full",
        "Keyword=data+steward&ResultsPerPage=500&Page=1&Fields=Full",
    ]
    for request in requests:
        assert request.headers["Authorization-Key"] == b"not-a-key"
        assert request.headers["User-Agent"] == b"desk@fernwood.example"


def test_a_link_is_recognised_without_a_key() -> None:
    known = Recogniser(read_catalogue([SHIPPED]).values())
    match = known.recognise("https://www.usajobs.gov/GetJob/ViewDetails/990000100?org=x")
    assert match is not None
    assert match.key == ("usajobs", "usajobs.gov", "990000100")
