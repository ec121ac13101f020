"""Workday's URL rules against the addresses that the newsletter and the community published."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import pytest

from crawler.recognise import Recogniser
from crawler.sources import read_catalogue
from spiders.workday import Workday
from tests.real.conftest import sample

CORPUS = "url-corpus-group1/community_posting_urls.csv"

# What the newsletter published: host and locale, path, query; and the key.
PUBLISHED = [
    (
        "https://matthey.wd3.myworkdayjobs.com",
        "/Ext_Career_Site/job/Sonning---UK/Lead-Research-Computing-Engineer_R-001425",
        "?source=Linkedin",
        "R-001425",
    ),
    (
        "https://salvationarmy.wd3.myworkdayjobs.com",
        "/Salvos/job/Redfern-NSW-Australia/Manager-Clinical-Systems-and-Data-Analytics_R22976-1",
        "",
        "R22976-1",
    ),
    (
        "https://browardcollege.wd5.myworkdayjobs.com",
        "/FT/details/Senior-Director--Research-and-Data-Science_REQ-000037594-1",
        "",
        "REQ-000037594-1",
    ),
    (
        "https://frontiersin.wd3.myworkdayjobs.com/en-US",
        "/Frontiers/job/Scrum-Master_22REQ0740",
        "",
        "22REQ0740",
    ),
    (
        "https://travelers.wd5.myworkdayjobs.com",
        "/External/job/CT---Hartford/Sr-Consultant--Analytics-and-Research_R-7549",
        "?source=S0865",
        "R-7549",
    ),
    (
        "https://umiami.wd1.myworkdayjobs.com/en-US",
        "/UMCareerStaff/job/Coral-Gables-FL/Director--High-Performance-Computing_R100045551-1",
        "",
        "R100045551-1",
    ),
    (
        "https://amgen.wd1.myworkdayjobs.com",
        "/Careers/job/Canada---Burnaby/"
        "Senior-Associate-Software-Engineer---Omics-Human-Genetics_R-124100",
        "",
        "R-124100",
    ),
    (
        "https://umiami.wd1.myworkdayjobs.com",
        "/UMCareerStaff/job/Coral-Gables-FL/Director--Data-Science-Partnerships_R100061980",
        "",
        "R100061980",
    ),
    (
        "https://globalhr.wd5.myworkdayjobs.com",
        "/REC_RTX_Ext_Gateway/job/RC1-United-Tech-Research-Center-411-Silver-Lane-East-Hartford-"
        "CT-06108-USA/RTRC-Digital-Technology-Infrastructure-Manager--Hybrid-_01576232",
        "",
        "01576232",
    ),
]


@pytest.mark.parametrize(("front", "path", "query", "key"), PUBLISHED)
def test_published_posting(front: str, path: str, query: str, key: str) -> None:
    match = Recogniser().recognise(front + path + query)
    assert match is not None
    host = front.removesuffix("/en-US")
    tenant, data_centre, _ = host.removeprefix("https://").split(".", 2)
    assert match.params.model_dump(exclude_unset=True) == {
        "tenant": tenant,
        "data_centre": data_centre,
        "site": path.split("/")[1],
    }
    assert match.key == ("workday", tenant, key)
    assert match.canonical_url == host + path


def test_the_employers_the_newsletter_published_are_in_the_catalogue() -> None:
    recogniser = Recogniser(read_catalogue().values())
    for front, path, *_ in PUBLISHED:
        match = recogniser.recognise(front + path)
        assert match is not None
        assert "in the catalogue" in match.evidence, front


def community() -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(sample(CORPUS)))
    return [row for row in rows if row["platform"] == "workday"]


def test_every_posting_the_community_published() -> None:
    rows = community()
    assert len(rows) >= 98
    recogniser = Recogniser()
    for row in rows:
        match = recogniser.recognise(row["url"])
        assert match is not None, row["url"]
        assert match.platform is Workday
        path = row["posting_id_or_path"]
        assert match.tenant == row["tenant"]
        assert match.params.site == row["site_or_region_or_host"]
        assert match.posting_id == path.rpartition("/")[2].partition("_")[2]
        host = urlsplit(row["url"]).netloc
        shared = f"recruiting/{row['tenant']}/" if host.endswith("myworkdaysite.com") else ""
        form = "jobs/details" if "/jobs/details/" in row["url"] else row["form"]
        board = f"https://{host}/{shared}{row['site_or_region_or_host']}"
        assert match.canonical_url == f"{board}/{form}/{path}"


def test_spellings_of_one_posting_have_one_key() -> None:
    """There are as many postings as the table's own columns tell apart."""
    by_columns = {(r["tenant"], r["posting_id_or_path"].rpartition("/")[2]) for r in community()}
    recogniser = Recogniser()
    keys = {match.key for row in community() if (match := recogniser.recognise(row["url"]))}
    assert len(keys) == len(by_columns)
