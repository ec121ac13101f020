# ruff: noqa: E501 (links are as long as they are)
"""Recognition of vendors' platforms: seed newsletters, corpora of posting URLs, lists of boards, published
listings, labelled pairs. What is expected stands in columns of those files, or was written by hand."""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.loader import platforms
from crawler.platform import Match
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.real.conftest import SHARED

# The platforms of this test: the files' names for them, and ours.
PLATFORMS = {
    "greenhouse": "greenhouse",
    "greenhouse (embedded)": "greenhouse",
    "smartrecruiters": "smartrecruiters",
    "jobvite": "jobvite",
    "jazzhr": "jazzhr",
    "ashby": "ashby",
    "workable": "workable",
    "oracle-hcm": "oracle_recruiting",
    "oracle-orc": "oracle_recruiting",
    "peoplesoft": "peoplesoft",
    "peoplesoft-classic": "peoplesoft",
    "oracle-selectminds": "selectminds",
    "selectminds": "selectminds",
    "selectminds-vanity-inferred": "selectminds",
    "selectminds-like (/jobs/slug-id)": "selectminds",
    "njoyn": "njoyn",
    "recruitingsite": "recruitingsite",
    "recruitingsite-CSB": "recruitingsite",
    "icims": "icims",
    "icims-jibe": "jibe",
    "successfactors": "successfactors",
    "phenom": "phenom",
    "talentbrew-radancy": "radancy",
    "eightfold": "eightfold",
    "microsoft-careers": "microsoft_careers",
    "ultipro-ukg": "ukg",
    "cornerstone-csod": "cornerstone",
    "adp": "adp",
    "peopleadmin": "peopleadmin",
    "bamboohr": "bamboohr",
    "breezy": "breezy",
    "recruitee": "recruitee",
    "pinpoint": "pinpoint",
    "teamtailor": "teamtailor",
    "personio": "personio",
}
OURS = {*PLATFORMS.values(), "adp_recruiting"}


@cache
def recogniser() -> Recogniser:
    """Without a catalogue: what the URLs say alone."""
    return Recogniser()


def recognise(url: str) -> Match:
    match = recogniser().recognise(url)
    assert match is not None, f"nobody claims {url}"
    return match


def rows(path: str) -> list[dict[str, str]]:
    """The rows of a CSV below the shared folder that are about this test's platforms."""
    with (SHARED / path).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("platform") in PLATFORMS]


def figure(line: str) -> None:
    """A measured figure; pytest shows it with -s."""
    sys.stdout.write(f"\n{line}\n")


def entry(platform: str, url: str) -> Source:
    """What a catalogue would say of the host of this URL."""
    host = urlsplit(url).netloc.lower()
    params: dict[str, Any] = {"host": host}
    if platform == "peoplesoft":
        params |= {"site": "x", "portal": "x", "node": "x"}
    if platform == "radancy":
        params |= {"org": "1"}
    if platform == "smartrecruiters":
        params = {"company": "LLNL"}
    return Source(
        id="of-this-host", platform=platform, employer="X", url=f"https://{host}/", params=params
    )


def with_the_host_named(platform: str, url: str) -> Match | None:
    return Recogniser([entry(platform, url)]).recognise(url)


# --- the seeds ------------------------------------------------------------------------------------

# Link: (platform, posting id, canonical URL). The last group needs the catalogue to name its host.
AS_IT_IS = "without query and fragment"
SEEDS: dict[str, tuple[str, str | None, str]] = {
    "https://singulargenomics.com/careers/positions/?gh_jid=4899302003": (
        "greenhouse", "4899302003", "https://singulargenomics.com/careers/positions/?gh_jid=4899302003",
    ),
    "https://jobs.smartrecruiters.com/GenomicsEngland/743999835739833-lead-bioinformatician-research-services": (
        "smartrecruiters", "743999835739833", "https://jobs.smartrecruiters.com/GenomicsEngland/743999835739833",
    ),
    "https://jobs.jobvite.com/seattlegenetics/job/oE4cjfwX?nl=1&nl=1&fr=true": (
        "jobvite", "oE4cjfwX", AS_IT_IS,
    ),
    "https://xanadu.applytojob.com/apply/jvLkznTUaV/Software-Development-Manager-Quantum-Software": (
        "jazzhr", "jvLkznTUaV", AS_IT_IS,
    ),
    "https://lbl.referrals.selectminds.com/jobs/scientific-data-architect-4003": (
        "selectminds", "4003", AS_IT_IS,
    ),
    "https://queensu.njoyn.com/cl4/xweb/Xweb.asp?tbtoken=ZVlZQB9dDVACFwR3QCZUZk9PcBIvaVUvBCBMIV95BnlQKkJtUDFvBhMGcjEYGhJWQXJjF3U%3D&chk=ZVpaShM%3D&CLID=74827&page=jobdetails&JobID=J0622-0874&lang=1": (
        "njoyn", "J0622-0874", "https://queensu.njoyn.com/cl4/xweb/xweb.asp?clid=74827&Page=JobDetails&Jobid=J0622-0874&lang=1",
    ),
    "https://www.recruitingsite.com/csbsites/uhncareers/JobDescription.asp?SiteID=10031&JobNumber=910112": (
        "recruitingsite", "910112", "https://www.recruitingsite.com/csbsites/uhncareers/JobDescription.asp?SiteID=10031&JobNumber=910112",
    ),
    "https://ps.its.rochester.edu/psp/PSApplyOnline/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_APP_JBPST_FL&Action=U&FOCUS=Applicant&SiteId=1&JobOpeningId=234417&PostingSeq=1": (
        "peoplesoft", "234417", "https://ps.its.rochester.edu/psc/PSApplyOnline/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_APP_JBPST_FL&Action=U&FOCUS=Applicant&SiteId=1&JobOpeningId=234417&PostingSeq=1",
    ),
    "https://careers.roche.com/global/en/job/ROCHGLOBAL202201103435EXTERNALENGLOBAL/Principal-Bioinformatics-Software-Engineer-Java-Development": (
        "phenom", "ROCHGLOBAL202201103435EXTERNALENGLOBAL", "https://careers.roche.com/global/en/job/ROCHGLOBAL202201103435EXTERNALENGLOBAL",
    ),
    "https://jobs.danaher.com/global/en/job/DANAGLOBALR1210669EXTERNALENGLOBAL/Senior-Staff-Bioinformatics-Scientist-Remote": (
        "phenom", "DANAGLOBALR1210669EXTERNALENGLOBAL", "https://jobs.danaher.com/global/en/job/DANAGLOBALR1210669EXTERNALENGLOBAL",
    ),
    "https://careers.jhuapl.edu/jobs/51596?lang=en-us&mode=job&iis=Job+Board&iisn=LinkedIn": (
        "jibe", "51596", "https://careers.jhuapl.edu/jobs/51596?lang=en-us",
    ),
    "https://jobs.gsk.com/en-gb/jobs/350161?lang=en-us&source=APPLICANT_SOURCE-3-38": (
        "jibe", "350161", "https://jobs.gsk.com/en-gb/jobs/350161?lang=en-us",
    ),
    "https://jobs.siemens.com/jobs/322691?lang=en-us&sourceType=PREMIUM_POST_SITE": (
        "jibe", "322691", "https://jobs.siemens.com/jobs/322691?lang=en-us",
    ),
    "https://talent.stjude.org/careers/jobs/10425?lang=en-us": (
        "jibe", "10425", "https://talent.stjude.org/careers/jobs/10425?lang=en-us",
    ),
    "https://careers.l3harris.com/job/-/-/4832/39861436176": (
        "radancy", "39861436176", AS_IT_IS,
    ),
    "https://www.takedajobs.com/job/cambridge/head-of-research-data-and-digital/1113/24081310944": (
        "radancy", "24081310944", AS_IT_IS,
    ),
    "https://usccareers.usc.edu/job/los-angeles/lead-research-engineer-scitech-group/1209/28729368096": (
        "radancy", "28729368096", AS_IT_IS,
    ),
    "https://prudential.eightfold.ai/careers?pid=12070884&domain=prudential.com&source=linkedin": (
        "eightfold", "12070884", "https://prudential.eightfold.ai/careers/job/12070884?domain=prudential.com",
    ),
    "https://recruiting2.ultipro.com/SPA1004AURA/JobBoard/93330e50-7b3a-4ba8-94f2-6f32360aa4e1/OpportunityDetail?opportunityId=42f32b92-42c5-4f15-b298-6735c43eb416": (
        "ukg", "42f32b92-42c5-4f15-b298-6735c43eb416", "https://recruiting2.ultipro.com/SPA1004AURA/JobBoard/93330e50-7b3a-4ba8-94f2-6f32360aa4e1/OpportunityDetail?opportunityId=42f32b92-42c5-4f15-b298-6735c43eb416",
    ),
    "https://leidosbiomed.csod.com/ux/ats/careersite/4/home/requisition/2120?c=leidosbiomed": (
        "cornerstone", "2120", "https://leidosbiomed.csod.com/ux/ats/careersite/4/home/requisition/2120?c=leidosbiomed",
    ),
    # Neither employer nor posting.
    "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?ccId=19000101_000001&lang=en_US": (
        "adp", None, "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?ccId=19000101_000001&lang=en_US",
    ),
}  # fmt: skip
SEEDS_ON_OWN_HOSTS: dict[str, tuple[str, str | None, str]] = {
    "https://jobs.lbl.gov/jobs/computational-cosmology-center-group-lead-4948": (
        "selectminds", "4948", AS_IT_IS,
    ),
    "https://jobs.lbl.gov/jobs/quantum-information-science-program-manager-5095": (
        "selectminds", "5095", AS_IT_IS,
    ),
    "https://jobs.merck.com/us/en/job/MERCUSR213445ENUS/Director-Data-Science-Head-of-Impact-Evaluation": (
        "phenom", "MERCUSR213445ENUS", "https://jobs.merck.com/us/en/job/MERCUSR213445ENUS",
    ),
    "https://jobs.rbc.com/ca/en/job/R-0000014951/Director-Cyber-Data-Science-GCS": (
        "phenom", "R-0000014951", "https://jobs.rbc.com/ca/en/job/R-0000014951",
    ),
    "https://careers.microsoft.com/us/en/job/1361537/Senior-Technical-Program-Manager": (
        "phenom", "1361537", "https://careers.microsoft.com/us/en/job/1361537",
    ),
    "https://jobs.exxonmobil.com/ExxonMobil/job/Houston-Senior-Mathematical-Optimization-Scientist-%28EMTEC%29-TX-77001/901088900/?from=email&refid=13194652300&source=2&eid=99500-202241250741-21305819900&locale=en_US": (
        "successfactors", "901088900", "https://jobs.exxonmobil.com/ExxonMobil/job/Houston-Senior-Mathematical-Optimization-Scientist-%28EMTEC%29-TX-77001/901088900/",
    ),
    "https://jobs.csiro.au/job/Adelaide%2C-SA-CSOF-Job/896217700/": (
        "successfactors", "896217700", "https://jobs.csiro.au/job/Adelaide%2C-SA-CSOF-Job/896217700/",
    ),
    # A short link: the platform is known, the posting is not.
    "https://jobs.weill.cornell.edu/s/PHqpOn": (
        "successfactors", None, "https://jobs.weill.cornell.edu/s/PHqpOn/",
    ),
}  # fmt: skip


def canonical(url: str, expected: str) -> str:
    return url.partition("?")[0] if expected == AS_IT_IS else expected


@pytest.mark.parametrize("url", SEEDS)
def test_a_link_of_the_seeds(url: str) -> None:
    platform, posting_id, expected = SEEDS[url]
    match = recognise(url)
    found = (match.platform.platform, match.posting_id, match.canonical_url)
    assert found == (platform, posting_id, canonical(url, expected))


@pytest.mark.parametrize("url", SEEDS_ON_OWN_HOSTS)
def test_a_link_of_the_seeds_on_an_employers_own_host(url: str) -> None:
    platform, posting_id, expected = SEEDS_ON_OWN_HOSTS[url]
    assert recogniser().recognise(url) is None, "the path alone is anybody's"
    match = with_the_host_named(platform, url)
    assert match is not None
    found = (match.platform.platform, match.posting_id, match.canonical_url)
    assert found == (platform, posting_id, canonical(url, expected))
    assert "in the catalogue" in match.evidence


def test_the_links_above_are_those_of_the_seeds() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (SHARED / "seeds").glob("*.txt"))
    missing = [url for url in {**SEEDS, **SEEDS_ON_OWN_HOSTS} if url not in text]
    assert missing == []


# --- the corpora ----------------------------------------------------------------------------------

ORACLE_FAMILY = "samples/url-corpus/oracle_family_posting_urls.csv"
# Oracle's host is the tenant, and the employer's own host is another of its names.
LBL = Source(
    id="lbl",
    platform="selectminds",
    employer="Lawrence Berkeley National Laboratory",
    url="https://jobs.lbl.gov/jobs/search",
    params={"host": "lbl.referrals.selectminds.com"},
    hosts=("lbl.referrals.selectminds.com",),
)


def tenant_in(row: dict[str, str]) -> str:
    """The tenant as the file's key has it, without what does not scope the ids (the sheets)."""
    parts = row["tenant_key"].split("|")
    match PLATFORMS[row["platform"]]:
        case "peoplesoft":
            return "/".join(parts[:2]).lower()
        case "selectminds":
            return parts[0].partition(" (")[0]
        case _:
            return parts[0]


def test_oracle_family_posting_urls() -> None:
    table = rows(ORACLE_FAMILY)
    assert Counter(PLATFORMS[row["platform"]] for row in table).keys() == {
        "peoplesoft", "oracle_recruiting", "selectminds", "recruitingsite", "njoyn",
    }  # fmt: skip
    with_lbl = Recogniser([LBL])
    for row in table:
        for url in (row["original_url"], row["canonical_url"]):
            match = with_lbl.recognise(url)
            assert match is not None, url
            assert match.platform.platform == PLATFORMS[row["platform"]]
            assert match.posting_id == row["posting_id"]
            assert match.tenant == tenant_in(row)
            assert match.canonical_url == row["canonical_url"]


def test_a_posting_of_the_oracle_family_has_one_key() -> None:
    """As many keys as the table's own columns tell postings apart; a site is no scope at Oracle."""
    table = rows(ORACLE_FAMILY)
    by_columns = {(PLATFORMS[row["platform"]], tenant_in(row), row["posting_id"]) for row in table}
    with_lbl = Recogniser([LBL])
    keys = {match.key for row in table if (match := with_lbl.recognise(row["original_url"]))}
    assert keys == by_columns


def test_oracle_family_boards() -> None:
    table = rows("samples/url-corpus/oracle_family_research_tenants.csv")
    assert {row["platform"] for row in table} == {"oracle-orc", "peoplesoft"}
    for row in table:
        host, part = row["host"], row["site_or_section_or_path"]
        if row["platform"] == "oracle-orc":
            url = f"https://{host}/hcmUI/CandidateExperience/en/sites/{part}"
            expected = {"host": host, "site": part}
        else:
            component = "HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL"
            url = f"https://{host}/psp/{part}/c/{component}?FOCUS=Applicant&{row['params']}"
            site, portal, node = part.split("/")
            site_id = row["params"].removeprefix("SiteId=").lstrip("0")
            expected = {
                "host": host, "site": site, "portal": portal, "node": node, "site_id": site_id,
            }  # fmt: skip
        match = recognise(url)
        assert match.platform.platform == PLATFORMS[row["platform"]]
        assert match.posting_id is None
        assert match.params.model_dump(exclude_unset=True) == expected


GROUP1 = "samples/url-corpus-group1/community_posting_urls.csv"


def test_group1_posting_urls() -> None:
    table = rows(GROUP1)
    assert {row["platform"] for row in table} == {"greenhouse", "ashby", "smartrecruiters"}
    for row in table:
        match = recognise(row["url"])
        assert match.platform.platform == row["platform"]
        assert match.posting_id == row["posting_id_or_path"]
        assert match.tenant == row["tenant"].lower()  # empty where the URL does not say it
        kept = "" if row["form"] != "gh_jid" else f"?gh_jid={row['posting_id_or_path']}"
        page = row["url"].partition("?")[0]
        if row["platform"] == "smartrecruiters":
            page = f"https://jobs.smartrecruiters.com/{row['tenant']}/{row['posting_id_or_path']}"
        assert match.canonical_url == page + kept


def test_group1_boards() -> None:
    """Every board of the research employers, as the table writes its address."""
    table = rows("ats/group1_research_tenants.csv")
    assert {row["platform"] for row in table} == {
        "greenhouse", "ashby", "smartrecruiters", "workable", "jobvite", "jazzhr",
    }  # fmt: skip
    for row in table:
        match = recognise(row["board_url"])
        assert match.platform.platform == row["platform"]
        assert match.posting_id is None
        assert match.tenant == row["tenant"].lower()


# --- boards of research employers -----------------------------------------------------------------


def board_tenant(platform: str, url: str) -> str:
    """The tenant as the address says it: the sheets' words, read by hand into one line each."""
    parts = urlsplit(url)
    query = dict(pair.split("=") for pair in parts.query.split("&") if pair)
    match platform:
        case "cornerstone":
            return parts.netloc.partition(".")[0]
        case "ukg":
            return parts.path.split("/")[1].lower()
        case "adp":
            return query["cid"]
        case "successfactors":
            return query.get("company") or parts.netloc
        case _:
            return parts.netloc


def boards() -> Iterator[tuple[str, str]]:
    for folder in (
        "adp", "cornerstone", "eightfold", "icims", "jibe", "phenom", "radancy", "successfactors", "ukg",
    ):  # fmt: skip
        path = SHARED / f"samples/{folder}/tenants_research_sector.csv"
        with path.open(encoding="utf-8", newline="") as file:
            yield from ((folder, row["board_url"]) for row in csv.DictReader(file))


# Own hosts: the address of a board is nobody's until the catalogue says so.
VENDORS = ("adp.com", "csod.com", "eightfold.ai", "icims.com", "jibeapply.com", "ultipro.com",
           "ultipro.ca", "successfactors.com", "successfactors.eu", "sapsf.com", "sapsf.cn",
           "ns2cloud.com")  # fmt: skip


def test_boards_of_research_employers() -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    for platform, url in boards():
        on_vendors_host = urlsplit(url).netloc.endswith(VENDORS)
        match = recogniser().recognise(url)
        counts[platform, on_vendors_host] += 1
        if not on_vendors_host:
            assert match is None, url
            match = with_the_host_named(platform, url)
        assert match is not None, url
        assert (match.platform.platform, match.posting_id) == (platform, None), url
        if platform == "radancy":
            continue  # its tenant, a number, is not in a board's address
        assert match.tenant == board_tenant(platform, url)
    assert sum(counts.values()) > 400
    figure(f"boards (platform, on a host of the vendor): {dict(counts)}")


# --- published listings ---------------------------------------------------------------------------

ADP_PAGE = "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html"
RECRUITING_ADP = "https://recruiting.adp.com/srccar/public/nghome.guid?c=1206101&d=ExternalCareerSite&prc=RMPOD4&r="
# Listings on a vendor's host that another platform claims than the file says, and who is right.
DISAGREEMENTS = {
    f"{RECRUITING_ADP}{number}": (
        "adp_recruiting",
        "both: the file names the vendor, the host is of another product than Workforce Now",
    )
    for number in ("5000915877000", "5000916989000", "5000864827700", "5000908383700")
}
SHORT_LINK = "a short link names no posting, its redirect does"
NO_EMPLOYER = "without cid it names neither employer nor posting"
# Listings on a vendor's host that name no posting.
WITHOUT_POSTING = {
    "https://grnh.se/b12d84713us": SHORT_LINK,
    "https://grnh.se/225121a52us": SHORT_LINK,
    "https://us.smrtr.io/nF2r": SHORT_LINK,
    "https://us.smrtr.io/nF36": SHORT_LINK,
    "https://us.smrtr.io/nF38": SHORT_LINK,
    "https://smrtr.io/cQSfT": SHORT_LINK,
    "https://social.icims.com/viewjob/pl17412800336940c26b": SHORT_LINK,
    f"{ADP_PAGE}?ccId=19000101_000001&lang=en_US": NO_EMPLOYER,
    f"{ADP_PAGE}?ccId=19000101_000001&jobId=533286&lang=en_US": NO_EMPLOYER,
    f"{ADP_PAGE}?ccId=19000101_000001&jobId=479506&source=CC2&lang=en_US": NO_EMPLOYER,
    f"{ADP_PAGE}?ccId=9200420850870_2&lang=en_CA&selectedMenuKey=CareerCenter&jobId=562124&source=LI": NO_EMPLOYER,
    f"{ADP_PAGE}?ccId=19000101_000001&jobId=556591": NO_EMPLOYER,
}
# Listings told by their path that are not of the platform the file says, or not of that form.
NOT_OF_THAT_FORM = {
    "https://careers.photonic.com/postings/9c48c746-eb68-4a78-8cb5-7fd197217156": (
        "the file says PeopleAdmin; an id of this form is Pinpoint's"
    ),
    "https://openfree.energy/careers/postings/2024-9677": (
        "the file says PeopleAdmin; an own page of an open-source project, its id is no number"
    ),
    "https://misportal.jlab.org/hr/recruiting/postings/13027": (
        "the file says PeopleAdmin; the laboratory's own portal, under /hr/recruiting"
    ),
}


def test_listings_on_a_vendors_host() -> None:
    agreed = total = 0
    other: dict[str, str] = {}
    without: set[str] = set()
    for row in rows("data/listings.csv"):
        if row["platform_how"] != "host":
            continue
        total += 1
        match = recognise(row["url"])
        if match.platform.platform == PLATFORMS[row["platform"]]:
            agreed += 1
        else:
            other[row["url"]] = match.platform.platform
        if match.posting_id is None:
            assert match.key is None
            without.add(row["url"])
    figure(f"listings on vendors' hosts: {agreed} of {total} agree ({agreed / total:.1%})")
    assert other == {url: found for url, (found, _) in DISAGREEMENTS.items()}
    assert without == WITHOUT_POSTING.keys()
    assert agreed / total >= 0.98


def test_listings_told_by_path_or_by_a_known_host() -> None:
    """By the URL alone where its form is unmistakable, otherwise where the catalogue names the host."""
    counts: Counter[str] = Counter()
    unmatched = set()
    for row in rows("data/listings.csv"):
        if row["platform_how"] == "host":
            continue
        platform, url = PLATFORMS[row["platform"]], row["url"]
        alone = recogniser().recognise(url)
        if alone is not None:
            assert alone.platform.platform == platform, url
            assert alone.posting_id in url.replace("%2F", "/"), url
            counts["by the URL alone"] += 1
            continue
        match = with_the_host_named(platform, url)
        if match is None or match.posting_id is None:
            unmatched.add(url)
            continue
        assert match.posting_id in url
        counts["by a vanity rule"] += 1
    figure(f"listings told by path or known host: {dict(counts)}, unmatched {len(unmatched)}")
    assert unmatched == NOT_OF_THAT_FORM.keys()
    assert counts["by the URL alone"] >= 105
    assert counts["by a vanity rule"] >= 135


def test_the_misread_listing_is_pinpoints() -> None:
    url = "https://careers.photonic.com/postings/9c48c746-eb68-4a78-8cb5-7fd197217156"
    match = with_the_host_named("pinpoint", url)
    assert match is not None
    assert match.posting_id == "9c48c746-eb68-4a78-8cb5-7fd197217156"


# A link on one of these is its vendor's, whatever a file says or leaves out.
VENDOR_HOSTS = (*VENDORS, "greenhouse.io", "smartrecruiters.com", "ashbyhq.com", "workable.com",
                "bamboohr.com", "teamtailor.com", "applytojob.com", "breezy.hr", "oraclecloud.com",
                "recruitee.com", "jobs.careers.microsoft.com", "peopleadmin.com", "personio.de",
                "jobvite.com", "personio.com", "pinpointhq.com", "njoyn.com")  # fmt: skip


def test_no_listing_of_another_platform_is_claimed() -> None:
    with (SHARED / "data/listings.csv").open(encoding="utf-8", newline="") as file:
        others = [row for row in csv.DictReader(file) if row["platform"] not in PLATFORMS]
    assert len(others) > 500
    wrong = {
        row["url"]: (row["platform"], match.platform.platform)
        for row in others
        if (match := recogniser().recognise(row["url"])) and match.platform.platform in OURS
    }
    assert wrong == {}


# Employers' own hosts in the files without a platform column on which we claim links by their form
# alone. Each was looked up: the sheets' tenants and seeds, the labelled listings, or the parameter
# of the vendor's widget in the link itself.
KNOWN_OWN_HOSTS = {
    "app.careerpuck.com": "greenhouse",
    "apply.careers.microsoft.com": "eightfold",
    "careers.astrazeneca.com": "radancy",
    "careers.hprod.onehcm.usg.edu": "peoplesoft",
    "careers.lamresearch.com": "eightfold",
    "careers.mcmaster.ca": "peoplesoft",
    "careers.northwestern.edu": "peoplesoft",
    "careers.purdue.edu": "successfactors",
    "careers.qualcomm.com": "eightfold",
    "careers.yale.edu": "phenom",
    "careerspub.universityofcalifornia.edu": "peoplesoft",
    "databricks.com": "greenhouse",
    "jobs.danaher.com": "phenom",
    "jobs.dell.com": "radancy",
    "jobs.northropgrumman.com": "eightfold",
    "posit.co": "greenhouse",
    "stripe.com": "greenhouse",
    "www.borealisai.com": "greenhouse",
    "www.hudsonrivertrading.com": "greenhouse",
    "www.parallel.bio": "ashby",
}


def test_links_without_a_label_are_claimed_on_known_hosts_only() -> None:
    found = {}
    for path in ("data/negatives.csv", "data/rct_board.csv"):
        with (SHARED / path).open(encoding="utf-8", newline="") as file:
            links = [row["url"] for row in csv.DictReader(file) if row["url"]]
        assert len(links) > 100
        for url in links:
            match, host = recogniser().recognise(url), urlsplit(url).netloc
            if match and match.platform.platform in OURS and not host.endswith(VENDOR_HOSTS):
                assert match.posting_id, url
                assert found.setdefault(host, match.platform.platform) == match.platform.platform
    assert found == KNOWN_OWN_HOSTS


# --- labelled pairs -------------------------------------------------------------------------------

# Pairs labelled as one posting that no URL can decide.
UNDECIDABLE = {
    f"{ADP_PAGE}?ccId=19000101_000001&jobId=533286&lang=en_US": NO_EMPLOYER,
    "https://employment.case.edu/psc/ERECRUIT/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_APP_SCHJOB_FL&Action=U&": (
        "the search page"
    ),
    "https://jobs.weill.cornell.edu/s/PHqpOn": SHORT_LINK,
}


def key_of(url: str, platform: str) -> Any:
    match = recogniser().recognise(url) or with_the_host_named(platform, url)
    return match and match.key


def test_labelled_pairs() -> None:
    decided: Counter[str] = Counter()
    wrong = []
    with (SHARED / "data/duplicate_pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    for pair in pairs:
        a, b = PLATFORMS.get(pair["platform_a"]), PLATFORMS.get(pair["platform_b"])
        if a is None or a != b or {pair["url_a"], pair["url_b"]} & UNDECIDABLE.keys():
            continue
        key_a, key_b = key_of(pair["url_a"], a), key_of(pair["url_b"], b)
        if key_a is None or key_b is None:
            assert not (key_a is None and key_b is None and pair["label"] == "DUP"), pair["url_a"]
            continue
        same = pair["label"] == "DUP" or pair["url_a"] == pair["url_b"]
        decided["one posting" if same else "two postings"] += 1
        if (key_a == key_b) != same:
            wrong.append((pair["label"], pair["url_a"], pair["url_b"]))
    figure(f"labelled pairs decided by their URLs: {dict(decided)}, wrong {len(wrong)}")
    assert wrong == []
    assert decided["one posting"] >= 20
    assert decided["two postings"] >= 30


# --- speed ----------------------------------------------------------------------------------------


def test_ten_thousand_links_of_the_community_take_under_two_seconds() -> None:
    with (SHARED / "data/listings.csv").open(encoding="utf-8", newline="") as file:
        links = [row["url"] for row in csv.DictReader(file)]
    links = (links * (10_000 // len(links) + 1))[:10_000]
    recogniser().recognise(links[0])
    began = time.process_time()
    for url in links:
        recogniser().recognise(url)
    spent = time.process_time() - began
    figure(f"10,000 links over {len(platforms())} platforms: {spent:.2f} s")
    assert spent < 2
