"""The shipped catalogue and all platforms on the community's listings and labelled pairs."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from typing import Any

from crawler.loader import our_names, platforms
from crawler.platform import Match
from crawler.recognise import Recogniser
from crawler.sources import read_catalogue
from tests.real.conftest import SHARED

# Part of a link -> who is right where the file and we disagree.
DISAGREEMENTS = {
    "kpmgcareers.co.uk/vacancies/": "the file: BrassRing is behind, but the link does not show it",
    "opportunities.columbia.edu/jobs/": "we: a slug of Clinch, where Columbia moved in 2025",
    "lanl.jobs/search/jobdetails/": "we: the address is of Activate's form, on a .jobs host",
    "careers.photonic.com/postings/": "we: a UUID is Pinpoint's id; PeopleAdmin's are numbers",
    "openfree.energy/careers/postings/": "we: the employer's own page",
    "misportal.jlab.org/": "we: the laboratory's own portal",
    "jobs.ecmwf.int/Job/JobDetail?": "we: not Avature's form, whose JobDetail ends in the id",
    "careers.hpe.com/job/": "the file: SuccessFactors' form on a host that has moved since",
}
# Links that lead to the other posting of their pair (the pair's reason says so): LinkedIn's number.
PASTED_WRONGLY = {
    "https://www.linkedin.com/jobs/view/sr-director-analyst-compute-ai-remote-at-gartner-4099138132/"
}


@cache
def recogniser() -> Recogniser:
    return Recogniser(read_catalogue().values())


@cache
def recognise(url: str) -> Match | None:
    return recogniser().recognise(url)


def table(name: str) -> list[dict[str, Any]]:
    with (SHARED / "data" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_platform_of_listings_that_name_one(capsys: Any) -> None:
    rows = right = 0
    unexplained = []
    for row in table("listings.csv"):
        names = our_names(row["platform"])
        if not names & platforms().keys():
            continue  # unclassified, or a platform with a listing or two
        rows += 1
        match = recognise(row["url"])
        if match and match.platform.platform in names:
            right += 1
        elif not any(part in row["url"] for part in DISAGREEMENTS):
            unexplained.append((row["platform"], row["url"]))
    with capsys.disabled():
        share = right / rows
        print(f"\nlistings: {right} of {rows} rows on a named platform agree ({share:.1%})")  # noqa: T201
    assert unexplained == []
    assert rows > 1000
    assert right / rows >= 0.98


def test_labelled_pairs_that_their_links_can_decide(capsys: Any) -> None:
    told: Counter[str] = Counter()
    wrong = []
    for pair in table("duplicate_pairs.csv"):
        one, two = recognise(pair["url_a"]), recognise(pair["url_b"])
        if not (one and two and one.key and two.key) or one.key[:2] != two.key[:2]:
            continue  # two platforms or tenants: other evidence must tell
        if pair["label"] == "DUP":
            told["one posting"] += 1
            right = one.key == two.key
        elif pair["label"] in ("SIBLING", "NOT_DUP", "REPOST") and pair["url_a"] != pair["url_b"]:
            told["two postings"] += 1
            right = one.key != two.key or pair["url_b"] in PASTED_WRONGLY
        else:
            continue
        if not right:
            wrong.append((pair["label"], pair["url_a"], pair["url_b"]))
    with capsys.disabled():
        said = ", ".join(f"{count} pairs of {what}" for what, count in sorted(told.items()))
        print(f"\nlabelled pairs decided by their links: {said}; {len(wrong)} wrong")  # noqa: T201
    assert wrong == []
    assert told["one posting"] > 50
    assert told["two postings"] > 30
