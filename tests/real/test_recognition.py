# ruff: noqa: E501 (links are as long as they are)
"""Recognition of links that people published: the seed newsletters, corpora of posting URLs, lists
of boards. What is expected stands in columns of those files, or was written here by hand."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.platform import Match
from crawler.recognise import Recogniser
from crawler.sources import read_catalogue
from tests.real.conftest import SHARED

# The platforms of this test: the files' names for them, and ours.
PLATFORMS = {
    "workday": "workday",
    "lever": "lever",
    "brassring": "brassring",
    "taleo": "taleo",
    "taleo-enterprise": "taleo",
    "taleo-tbe": "taleo_business",
    "taleo-business": "taleo_business",
    "pageup": "pageup",
    "clinch (PageUp marketing site)": "clinch",
    "jobs.ac.uk": "jobs_ac_uk",
    "jobs.cam.ac.uk": "jobs_cam_ac_uk",
}
OURS = set(PLATFORMS.values())

# Links of the seeds: (platform, posting id, parameters that the URL says, canonical URL).
PLAIN = "as it is, without query and fragment"
BR = "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad"
HARVARD = {"partner": "25240", "site": "5341"}
UA_SLUG = "associate-research-professional-devops-manager-and-enterprise-architect-516309-tuscaloosa-alabama-united-states"
SEEDS: dict[str, tuple[str, str, dict[str, str], str]] = {
    "https://matthey.wd3.myworkdayjobs.com/Ext_Career_Site/job/Sonning---UK/Lead-Research-Computing-Engineer_R-001425?source=Linkedin": (
        "workday", "R-001425", {"tenant": "matthey", "data_centre": "wd3", "site": "Ext_Career_Site"}, PLAIN,
    ),
    "https://salvationarmy.wd3.myworkdayjobs.com/Salvos/job/Redfern-NSW-Australia/Manager-Clinical-Systems-and-Data-Analytics_R22976-1": (
        "workday", "R22976-1", {"tenant": "salvationarmy", "data_centre": "wd3", "site": "Salvos"}, PLAIN,
    ),
    "https://browardcollege.wd5.myworkdayjobs.com/FT/details/Senior-Director--Research-and-Data-Science_REQ-000037594-1": (
        "workday", "REQ-000037594-1", {"tenant": "browardcollege", "data_centre": "wd5", "site": "FT"}, PLAIN,
    ),
    "https://frontiersin.wd3.myworkdayjobs.com/en-US/Frontiers/job/Scrum-Master_22REQ0740": (
        "workday", "22REQ0740", {"tenant": "frontiersin", "data_centre": "wd3", "site": "Frontiers"}, "https://frontiersin.wd3.myworkdayjobs.com/Frontiers/job/Scrum-Master_22REQ0740",
    ),
    "https://travelers.wd5.myworkdayjobs.com/External/job/CT---Hartford/Sr-Consultant--Analytics-and-Research_R-7549?source=S0865": (
        "workday", "R-7549", {"tenant": "travelers", "data_centre": "wd5", "site": "External"}, PLAIN,
    ),
    "https://umiami.wd1.myworkdayjobs.com/en-US/UMCareerStaff/job/Coral-Gables-FL/Director--High-Performance-Computing_R100045551-1": (
        "workday", "R100045551-1", {"tenant": "umiami", "data_centre": "wd1", "site": "UMCareerStaff"}, "https://umiami.wd1.myworkdayjobs.com/UMCareerStaff/job/Coral-Gables-FL/Director--High-Performance-Computing_R100045551-1",
    ),
    "https://amgen.wd1.myworkdayjobs.com/Careers/job/Canada---Burnaby/Senior-Associate-Software-Engineer---Omics-Human-Genetics_R-124100": (
        "workday", "R-124100", {"tenant": "amgen", "data_centre": "wd1", "site": "Careers"}, PLAIN,
    ),
    "https://umiami.wd1.myworkdayjobs.com/UMCareerStaff/job/Coral-Gables-FL/Director--Data-Science-Partnerships_R100061980": (
        "workday", "R100061980", {"tenant": "umiami", "data_centre": "wd1", "site": "UMCareerStaff"}, PLAIN,
    ),
    "https://globalhr.wd5.myworkdayjobs.com/REC_RTX_Ext_Gateway/job/RC1-United-Tech-Research-Center-411-Silver-Lane-East-Hartford-CT-06108-USA/RTRC-Digital-Technology-Infrastructure-Manager--Hybrid-_01576232": (
        "workday", "01576232", {"tenant": "globalhr", "data_centre": "wd5", "site": "REC_RTX_Ext_Gateway"}, PLAIN,
    ),
    f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1960870#jobDetails=1960870_5341": (
        "brassring", "1960870", HARVARD, f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1960870",
    ),
    f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1958849#jobDetails=1958849_5341": (
        "brassring", "1958849", HARVARD, f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1958849",
    ),
    f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1958603#jobDetails=1958603_5341": (
        "brassring", "1958603", HARVARD, f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1958603",
    ),
    f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1958605#jobDetails=1958605_5341": (
        "brassring", "1958605", HARVARD, f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1958605",
    ),
    "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=25240&siteid=5341#jobDetails=1976658_5341": (
        "brassring", "1976658", HARVARD, f"{BR}?partnerid=25240&siteid=5341&PageType=JobDetails&jobid=1976658",
    ),
    "https://hhsc.taleo.net/careersection/2/jobdetail.ftl?job=97813&lang=en#.Yrmk4rtfKF0.linkedin": (
        "taleo", "97813", {"host": "hhsc.taleo.net", "section": "2"}, "https://hhsc.taleo.net/careersection/2/jobdetail.ftl?job=97813",
    ),
    "https://bham.taleo.net/careersection/external/jobdetail.ftl?job=210001CF": (
        "taleo", "210001CF", {"host": "bham.taleo.net", "section": "external"}, "https://bham.taleo.net/careersection/external/jobdetail.ftl?job=210001CF",
    ),
    "https://inl.taleo.net/careersection/inl_external/jobdetail.ftl?job=18711&src=LinkedIn": (
        "taleo", "18711", {"host": "inl.taleo.net", "section": "inl_external"}, "https://inl.taleo.net/careersection/inl_external/jobdetail.ftl?job=18711",
    ),
    "https://cfopitt.taleo.net/careersection/pitt_staff_external/jobdetail.ftl?job=22005919&tz=GMT-05%3A00&tzname=America%2FToronto": (
        "taleo", "22005919", {"host": "cfopitt.taleo.net", "section": "pitt_staff_external"}, "https://cfopitt.taleo.net/careersection/pitt_staff_external/jobdetail.ftl?job=22005919",
    ),
    "https://massanf.taleo.net/careersection/ex/jobdetail.ftl?job=22000DCJ&tz=GMT+00%3A00&tzname=UTC": (
        "taleo", "22000DCJ", {"host": "massanf.taleo.net", "section": "ex"}, "https://massanf.taleo.net/careersection/ex/jobdetail.ftl?job=22000DCJ",
    ),
    "https://tre.tbe.taleo.net/tre01/ats/careers/v2/viewRequisition?org=SIMOFRAS&cws=37&rid=4126": (
        "taleo_business", "4126", {"pod": "tre", "instance": "tre01", "org": "SIMOFRAS", "cws": "37"}, "https://tre.tbe.taleo.net/tre01/ats/careers/v2/viewRequisition?org=SIMOFRAS&cws=37&rid=4126",
    ),
    "https://jobs.eu.lever.co/cambridgequantum/0706570b-e2ad-4bca-b6a7-56b56c541f8f?lever-origin=applied&lever-source%5B%5D=linkedinrecruiter&lever-source=LinkedInJobs": (
        "lever", "0706570b-e2ad-4bca-b6a7-56b56c541f8f", {"site": "cambridgequantum", "region": "eu"}, PLAIN,
    ),
    "https://jobs.lever.co/benchsci/b7db6660-f32b-4511-8d65-8ebfe8cba237?lever-source=LinkedInJobs": (
        "lever", "b7db6660-f32b-4511-8d65-8ebfe8cba237", {"site": "benchsci", "region": "us"}, PLAIN,
    ),
    "https://jobs.lever.co/dwavesys/95960eaf-1cdc-46f5-8c26-c6b79fcab392?lever-source=Indeed": (
        "lever", "95960eaf-1cdc-46f5-8c26-c6b79fcab392", {"site": "dwavesys", "region": "us"}, PLAIN,
    ),
    "https://www.jobs.cam.ac.uk/job/38249/": (
        "jobs_cam_ac_uk", "38249", {}, PLAIN,
    ),
    "https://www.jobs.cam.ac.uk/job/38180/": (
        "jobs_cam_ac_uk", "38180", {}, PLAIN,
    ),
    "https://www.jobs.ac.uk/job/CVC573/translational-research-manager-artificial-intelligence": (
        "jobs_ac_uk", "CVC573", {}, PLAIN,
    ),
    "https://www.jobs.ac.uk/job/CVB420/research-data-support-manager": (
        "jobs_ac_uk", "CVB420", {}, PLAIN,
    ),
    "https://external-careers.jobs.unsw.edu.au/cw/en/job/508497?lApplicationSubSourceID=11198": (
        "pageup", "508497", {"host": "external-careers.jobs.unsw.edu.au"}, PLAIN,
    ),
    "https://external-careers.jobs.unsw.edu.au/cw/en/job/507017?lApplicationSubSourceID=11198": (
        "pageup", "507017", {"host": "external-careers.jobs.unsw.edu.au"}, PLAIN,
    ),
    "https://external.jobs.uwa.edu.au/en/job/510038/lead-data-engineer-computing-infrastructure": (
        "pageup", "510038", {"host": "external.jobs.uwa.edu.au"}, "https://external.jobs.uwa.edu.au/en/job/510038",
    ),
    "https://opportunities.columbia.edu/en-us/job/523808/data-analyst-manager": (
        "pageup", "523808", {"host": "opportunities.columbia.edu"}, "https://opportunities.columbia.edu/en-us/job/523808",
    ),
    f"https://careers.ua.edu/jobs/{UA_SLUG}": (
        "clinch", UA_SLUG, {"host": "careers.ua.edu"}, PLAIN,
    ),
}  # fmt: skip

# Links of the files below that no platform claims as a posting, with the reason. Exact: a link that
# is claimed after all fails the test too.
NOT_CLAIMED = {
    "http://www.jobs.ac.uk/employer/stfc-the-science-and-technology-facilities-council/": (
        "the page of an employer, not a posting"
    ),
}


@cache
def recogniser() -> Recogniser:
    return Recogniser(read_catalogue().values())


def recognise(url: str) -> Match:
    match = recogniser().recognise(url)
    assert match is not None, f"nobody claims {url}"
    return match


def rows(path: str) -> list[dict[str, str]]:
    """The rows of a CSV below the shared folder that are about this test's platforms."""
    with (SHARED / path).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["platform"] in PLATFORMS]


def said(match: Match) -> dict[str, str]:
    return {key: str(value) for key, value in match.params.model_dump(exclude_none=True).items()}


def holds(expected: dict[str, str], match: Match) -> bool:
    """Do the parameters say this? Hosts and sites circulate in several letter cases."""
    found = said(match)
    return all(found.get(key, "").lower() == value.lower() for key, value in expected.items())


# --- the seeds ------------------------------------------------------------------------------------


def seed_links() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]
    return [
        link
        for text in texts
        for link in re.findall(r"(?:\]\(|^apply_link: )(https?://[^)\s]+)", text, re.MULTILINE)
    ]


@pytest.mark.parametrize("url", SEEDS)
def test_seed(url: str) -> None:
    platform, posting_id, params, canonical = SEEDS[url]
    match = recognise(url)
    assert (match.platform.platform, match.posting_id) == (platform, posting_id)
    assert holds(params, match), said(match)
    plain = url.partition("#")[0].partition("?")[0]
    assert match.canonical_url == (plain if canonical is PLAIN else canonical)


def test_the_seeds_hold_these_links_and_no_other_link_is_claimed() -> None:
    links = seed_links()
    assert len(links) > 150, "the seeds are not read as they were"
    assert set(SEEDS) - set(links) == set()
    claimed = {
        url: match.platform.platform
        for url in links
        if url not in SEEDS and (match := recogniser().recognise(url))
    }
    assert {url: platform for url, platform in claimed.items() if platform in OURS} == {}


# --- the corpora ----------------------------------------------------------------------------------


def expected_of_group1(row: dict[str, str]) -> dict[str, str]:
    if row["platform"] == "lever":
        return {"site": row["tenant"], "region": row["site_or_region_or_host"]}
    return {"tenant": row["tenant"], "site": row["site_or_region_or_host"]}


def test_group1_posting_urls() -> None:
    table = rows("samples/url-corpus-group1/community_posting_urls.csv")
    assert {row["platform"] for row in table} == {"workday", "lever"}
    for row in table:
        match = recognise(row["url"])
        assert match.platform.platform == row["platform"]
        assert holds(expected_of_group1(row), match), (row, said(match))
        path = row["posting_id_or_path"]
        assert match.posting_id, row["url"]
        assert path.endswith(match.posting_id)
        assert match.posting_id.endswith(path.rpartition("_")[2]), "the requisition is cut"
        parts = urlsplit(row["url"])
        canonical = urlsplit(match.canonical_url)
        assert (canonical.scheme, canonical.netloc) == ("https", parts.netloc)
        assert (canonical.query, canonical.fragment) == ("", "")
        place = row["tenant"] if row["platform"] == "lever" else row["site_or_region_or_host"]
        form = {"job": "/job", "details": "/(?:jobs/)?details", "": ""}[row["form"]]
        form = f"(?:/recruiting/[^/]+)?/{re.escape(place)}{form}/{re.escape(path)}"
        assert re.fullmatch(form, canonical.path), canonical.path


def expected_of_oracle_family(row: dict[str, str]) -> dict[str, str]:
    tenant = row["tenant_key"]
    match row["platform"]:
        case "brassring":
            host, partner, site = tenant.split("|")
            return {"host": host, "partner": partner, "site": site}
        case "taleo":
            host, section = tenant.split("/")
            return {"host": host, "section": section}
        case _:
            address, org, cws = tenant.split("|")
            pod, instance = address.split(".tbe.taleo.net/")
            return {"pod": pod, "instance": instance, "org": org, "cws": cws}


def test_oracle_family_posting_urls() -> None:
    table = rows("samples/url-corpus/oracle_family_posting_urls.csv")
    assert {row["platform"] for row in table} == {"brassring", "taleo", "taleo-tbe"}
    for row in table:
        for url in (row["original_url"], row["canonical_url"]):
            match = recognise(url)
            assert match.platform.platform == PLATFORMS[row["platform"]]
            assert match.posting_id == row["posting_id"]
            assert holds(expected_of_oracle_family(row), match), (row, said(match))
            assert match.canonical_url == row["canonical_url"]


def board_of(row: dict[str, str]) -> tuple[str, dict[str, str]]:
    """A tenant's board as its platform's URLs are made, and the parameters to be read from it."""
    host, part = row["host"], row["site_or_section_or_path"]
    stated = dict(pair.split("=") for pair in row["params"].split("&") if pair)
    match row["platform"]:
        case "taleo":
            url = f"https://{host}/careersection/{part}/jobsearch.ftl?lang=en"
            return url, {"host": host, "section": part}
        case "taleo-tbe":
            url = f"https://{host}/{part}/ats/careers/v2/searchResults?{row['params']}"
            return url, {"instance": part, "pod": host.partition(".")[0], **stated}
        case _:
            url = f"https://{host}/TGnewUI/Search/Home/Home?{row['params']}"
            return url, {"partner": stated["partnerid"], "site": stated["siteid"], "host": host}


def test_oracle_family_boards() -> None:
    table = rows("samples/url-corpus/oracle_family_research_tenants.csv")
    assert {row["platform"] for row in table} == {"brassring", "taleo", "taleo-tbe"}
    for row in table:
        url, expected = board_of(row)
        match = recognise(url)
        assert match.platform.platform == PLATFORMS[row["platform"]]
        assert match.posting_id is None
        assert holds(expected, match), (url, said(match))


def test_group1_boards() -> None:
    for row in rows("ats/group1_research_tenants.csv"):
        match = recognise(row["board_url"])
        assert match.platform.platform == row["platform"]
        assert match.posting_id is None, row["board_url"]
        expected = (
            {"site": row["tenant"]}
            if row["platform"] == "lever"
            else {"tenant": row["tenant"], "site": row["site"]}
        )
        assert holds(expected, match), (row, said(match))


# --- published listings ---------------------------------------------------------------------------


def listings() -> list[dict[str, str]]:
    with (SHARED / "data/listings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_listings_on_a_vendors_host() -> None:
    """Every listing whose platform its host name proves is a posting of that platform."""
    wrong: dict[str, Any] = {}
    for row in listings():
        if row["platform_how"] != "host" or row["platform"] not in PLATFORMS:
            continue
        match = recogniser().recognise(row["url"])
        found = match and (match.platform.platform, bool(match.posting_id))
        if found != (PLATFORMS[row["platform"]], True):
            wrong[row["url"]] = found
    assert wrong.keys() == NOT_CLAIMED.keys(), wrong


def test_listings_on_employers_own_hosts() -> None:
    """The file tells PageUp and Clinch apart by path or a known host; the form /jobs/ is Clinch's."""
    for row in listings():
        if row["platform"] not in ("pageup", "clinch (PageUp marketing site)"):
            continue
        match = recognise(row["url"])
        form = "clinch" if "/jobs/" in urlsplit(row["url"]).path else "pageup"
        assert (match.platform.platform, bool(match.posting_id)) == (form, True), row["url"]
        assert str(match.posting_id) in row["url"]


def test_no_listing_of_another_platform_is_claimed() -> None:
    wrong = {
        row["url"]: (row["platform"], match.platform.platform)
        for row in listings()
        if row["platform_how"] == "host" and row["platform"] not in PLATFORMS
        if (match := recogniser().recognise(row["url"])) and match.platform.platform in OURS
    }
    assert wrong == {}
