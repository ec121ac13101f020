# ruff: noqa: E501 (links are as long as they are)
"""Recognition of vendors' platforms: identity of forms, own hosts, pages, links that name nobody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.loader import platforms
from crawler.platform import Match
from crawler.recognise import Recogniser, tidy
from crawler.sources import Source

UUID = "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d"
GUID = "93330e50-7b3a-4ba8-94f2-6f32360aa4e1"
ADP = "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html"
ORC = "https://fern.fa.us2.oraclecloud.com/hcmUI/CandidateExperience"
PS = "https://ps.fernwood.example/{}/recruit/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_APP_JBPST_FL&"
UKG = f"https://recruiting2.ultipro.com/FER1004WOOD/JobBoard/{GUID}"


def recognise(url: str, *entries: Source) -> Match:
    match = Recogniser(entries).recognise(url)
    assert match is not None, f"nobody claims {url}"
    return match


def entry(platform: str, url: str, **params: Any) -> Source:
    return Source(id="fern", platform=platform, employer="Fernwood", url=url, params=params)


# --- one posting, one key -------------------------------------------------------------------------

SAME = {
    "greenhouse": [
        "https://boards.greenhouse.io/FernLabs/jobs/4015520005?gh_src=b2",
        "https://job-boards.greenhouse.io/fernlabs/jobs/4015520005?gh_jid=4015520005",
        "https://boards.greenhouse.io/embed/job_app?for=fernlabs&token=4015520005&gh_jid=4015520005",
        "https://boards.greenhouse.io/fernlabs?t=x&gh_jid=4015520005",
        "http://boards-api.greenhouse.io/v1/boards/fernlabs/jobs/4015520005",
    ],
    "greenhouse, no token": [
        "https://www.fern.example/careers?gh_jid=4015520005",
        "https://www.fern.example/careers/?utm_source=x&amp;gh_jid=4015520005#apply",
        "https://app.careerpuck.com/job-board/fern/job/4015520005?gh_jid=4015520005&gh_src=7us",
        "https://boards.greenhouse.io/embed/job_app?token=4015520005",
    ],
    "ashby": [
        f"https://jobs.ashbyhq.com/Fern%20Labs/{UUID}",
        f"https://jobs.ashbyhq.com/fern%20labs/{UUID.upper()}/application?utm_source=x",
        f"https://jobs.ashbyhq.com/Fern%20Labs?ashby_jid={UUID}",
    ],
    "smartrecruiters": [
        "https://jobs.smartrecruiters.com/FernLabs/744000093741070--lead?oga=true",
        "https://careers.smartrecruiters.com/fernlabs/744000093741070",
        "https://api.smartrecruiters.com/v1/companies/FERNLABS/postings/744000093741070",
    ],
    "jobvite": [
        "https://jobs.jobvite.com/fern/job/oE4cjfwX?nl=1&nl=1&fr=true",
        "https://jobs.jobvite.com/careers/Fern/job/oE4cjfwX/apply?__jvst=Job%20Board",
    ],
    "jazzhr": [
        "http://fern.applytojob.com/apply/jvLkznTUaV/Lead?source=Indeed",
        "https://fern.theresumator.com/apply/jobs/details/jvLkznTUaV?&",
    ],
    "workable": [
        "https://apply.workable.com/fern/j/43D377A298/",
        "https://apply.workable.com/Fern/j/43d377a298/apply?utm_source=x",
        "https://fern.workable.com/j/43D377A298",
    ],
    "oracle_recruiting": [
        f"{ORC}/en/sites/CX_1001/job/4278",
        f"{ORC}/fr-CA/sites/CX_2001/requisitions/preview/4278/?lastSelectedFacet=X",
        f"{ORC}/en/sites/CX_2001/jobs/job/4278/apply/email",
        f"{ORC}/en/job/4278?utm_medium=jobshare",
    ],
    "peoplesoft": [
        PS.format("psp") + "Action=U&FOCUS=Applicant&SiteId=03000&JobOpeningId=71&PostingSeq=1",
        PS.format("psc") + "JobOpeningId=71&postingseq=1&SiteId=3000&REL_ACTION=Yes&",
        PS.format("psc") + "SiteId=3000&JobOpeningId=71&SiteId=3000",
        PS.format("psp").replace(".GBL", "") + "JobOpeningId=71",
        "https://PS.Fernwood.example/psc/recruit/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?FOCUS=Applicant#jobId=71",
    ],
    "selectminds": [
        "https://fern.referrals.selectminds.com/jobs/data-architect-4003?et=x",
        "https://fern.referrals.selectminds.com/international/jobs/senior-data-architect-4003",
        "https://fern.referrals.selectminds.com/jobs/4003/",
    ],
    "njoyn": [
        "https://fern.njoyn.com/cl4/xweb/Xweb.asp?tbtoken=Z&chk=Z&CLID=7&page=jobdetails&JobID=J0622-0874&lang=1",
        "https://fern.njoyn.com/cl4/xweb/xweb.asp?clid=7&Page=JobDetails&Jobid=j0622-0874&BRID=4&lang=2",
    ],
    "recruitingsite": [
        "https://www.recruitingsite.com/csbsites/fern/JobDescription.asp?SiteID=1&JobNumber=881457",
        "http://www.recruitingsite.com/csbsites/Fern/english/jobdescription.asp?jobnumber=881457&x=1",
    ],
    "icims": [
        "https://careers-fern.icims.com/jobs/21296/senior-director%252c-systems-%2528hpc%2529/job?iis=x",
        "https://careers-fern.icims.com/jobs/21296/senior-director%2c-systems-%28hpc%29/job?mode=view",
        "https://careers-fern.icims.com/jobs/21296/login",
    ],
    "jibe": [
        "https://careers.fern.example/jobs/51596?lang=en-us&mode=job",
        "https://careers.fern.example/careers-home/jobs/51596/?iis=x&lang=fr-ca",
    ],
    "successfactors": [
        "https://career4.successfactors.com/career?company=fernP&career_ns=job_listing&career_job_req_id=6886",
        "https://career4.successfactors.com/sfcareer/jobreqcareer?jobId=6886&company=fernP&_s.crb=x",
    ],
    "successfactors, its career sites": [
        "https://careers.fern.example/job/HPC-Manager/39229-en_US/",
        "https://careers.fern.example/default/job/Chef-de-projet/39229-fr_CA?src=x",
    ],
    "phenom": [
        "https://careers.fern.example/us/en/job/FERNUS7EXTERNALENUS/HPC-Lead?utm_source=x",
        "https://careers.fern.example/US/en/job/FERNUS7EXTERNALENUS",
    ],
    "radancy": [
        "https://jobs.fern.example/job/upton/software-developer/3437/40739839840?x=1",
        "https://careers.fern.example/en/job/-/-/3437/40739839840/",
    ],
    "eightfold": [
        "https://fern.eightfold.ai/careers?query=hpc&pid=12070884&domain=fern.example&source=li",
        "https://fern.eightfold.ai/careers/job/12070884-hpc-lead-ulm?domain=fern.example",
        "https://fern.eightfold.ai/careers/job/12070884",
    ],
    "microsoft_careers": [
        "https://jobs.careers.microsoft.com/global/en/share/1731469/?utm_source=Job Share",
        "https://jobs.careers.microsoft.com/us/en/job/1731469/Principal-AI%2FHPC-Engineer",
    ],
    "ukg": [
        f"{UKG}/OpportunityDetail?opportunityId={UUID}",
        f"{UKG.upper().replace('HTTPS', 'https')}//Opportunity/OpportunityDetail?x=1&opportunityId={UUID.upper()}",
        f"{UKG}/OpportunityApply?opportunityId={UUID}",
    ],
    "cornerstone": [
        "https://fern.csod.com/ux/ats/careersite/1/home/requisition/9167",
        "https://fern.csod.com/ux/ats/careersite/1/home/requisition/9167?c=fern&sq=req9167",
        "https://fern.csod.com/ux/ats/careersite/2/job/9167?c=fern",
        "https://fern.csod.com/ats/careersite/jobdetails.aspx?c=fern&id=9167",
    ],
    "adp": [
        f"{ADP}?cid={GUID}&ccId=19000101_000001&jobId=533286&lang=en_US",
        f"{ADP}?jobId=533286&selectedMenuKey=CareerCenter&&cid={GUID.upper()}".replace(
            "workforcenow.", "workforcenow.cloud."
        ),
    ],
    "peopleadmin": [
        "https://fern.peopleadmin.com/postings/312951?utm_source=x",
        "http://fern.peopleadmin.com/postings/312951/print_preview",
        "https://fern.peopleadmin.com/applications/new?posting_id=312951",
    ],
    "bamboohr": [
        "https://fern.bamboohr.com/careers/41?source=aWQ9MTE%3D",
        "https://fern.bamboohr.com/jobs/view.php?source=indeed&id=41",
    ],
    "breezy": [
        "https://fern.breezy.hr/p/428f95d75da4-software-engineer?source=x",
        "https://fern.breezy.hr/p/428F95D75DA4/apply",
    ],
    "recruitee": [
        "https://fern.recruitee.com/o/Ing%C3%A9nieur-hpc/c/new",
        "https://fern.recruitee.com/o/ing%c3%a9nieur-hpc?source=x",
    ],
    "pinpoint": [
        f"https://fern.pinpointhq.com/en/postings/{UUID}",
        f"https://fern.pinpointhq.com/postings/{UUID.upper()}?x=1",
    ],
    "teamtailor": [
        "https://fern.teamtailor.com/jobs/7459617-hpc-engineer?promotion=1",
        "https://fern.teamtailor.com/fr/jobs/7459617-ingenieur-hpc/applications/new",
    ],
    "personio": [
        "https://fern.jobs.personio.de/job/1234567?language=en",
        "https://fern-jobs.personio.de/job/1234567",
    ],
}


@pytest.mark.parametrize("case", SAME)
def test_forms_of_one_posting_have_one_key(case: str) -> None:
    matches = [recognise(url) for url in SAME[case]]
    assert {match.platform.platform for match in matches} == {case.partition(",")[0]}
    assert len({match.key for match in matches}) == 1
    assert matches[0].key is not None
    for match in matches:
        assert match.canonical_url.startswith("https://")
        again = recognise(match.canonical_url)
        assert (again.key, again.canonical_url) == (match.key, match.canonical_url)


DIFFERENT = [
    # Ids whose letter case counts.
    ("https://jobs.jobvite.com/fern/job/oE4cjfwX", "https://jobs.jobvite.com/fern/job/oE4cjfwx"),
    (
        "https://fern.applytojob.com/apply/jvLkznTUaV/x",
        "https://fern.applytojob.com/apply/jvLkznTUav/x",
    ),
    # The id is in the query.
    (
        "https://www.fern.example/careers?gh_jid=4015520005",
        "https://www.fern.example/careers?gh_jid=4015520006",
    ),
    (
        f"{UKG}/OpportunityDetail?opportunityId={UUID}",
        f"{UKG}/OpportunityDetail?opportunityId={GUID}",
    ),
    (f"{ADP}?cid={GUID}&jobId=533976", f"{ADP}?cid={GUID}&jobId=533978"),
    (f"{ADP}?cid={GUID}&jobId=533976", f"{ADP}?cid={UUID}&jobId=533976"),
    (
        "https://recruiting.adp.com/srccar/public/nghome.guid?c=12&d=X&r=5000864827700",
        "https://recruiting.adp.com/srccar/public/nghome.guid?c=12&d=X&r=5000908383700",
    ),
    # The second posting of one opening; the same opening of another server.
    (
        PS.format("psc") + "JobOpeningId=71&PostingSeq=1",
        PS.format("psc") + "JobOpeningId=71&PostingSeq=2",
    ),
    (
        PS.format("psc") + "JobOpeningId=71",
        PS.format("psc").replace("recruit/", "hr857/") + "JobOpeningId=71",
    ),
    # A slug that differs by its number alone; the same number on another host.
    (
        "https://fern.referrals.selectminds.com/jobs/engineer-6703",
        "https://fern.referrals.selectminds.com/jobs/engineer-6029",
    ),
    (
        "https://careers-fern.icims.com/jobs/11166/engineer/job",
        "https://research-fern.icims.com/jobs/11166/engineer/job",
    ),
    (
        "https://jobs.fern.example/job/upton/developer/3437/40739839840",
        "https://jobs.fern.example/job/upton/developer/3438/40739839840",
    ),
]


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_postings_have_two_keys_and_two_canonical_urls(a: str, b: str) -> None:
    one, other = recognise(a), recognise(b)
    assert one.key
    assert other.key
    assert one.key != other.key
    assert one.canonical_url != other.canonical_url


# --- links that name nobody -----------------------------------------------------------------------

NOBODYS = [
    ("adp", f"{ADP}?ccId=19000101_000001&jobId=533286&lang=en_US"),
    ("adp", f"{ADP}?ccId=19000101_000001&lang=en_US"),
    ("greenhouse", "https://grnh.se/b12d84713us"),
    ("smartrecruiters", "https://us.smrtr.io/nF2r"),
    ("icims", "https://social.icims.com/viewjob/pl17412800336940c26b"),
]
# Boards on the hosts of those links: of all employers, the catalogue happens to know these.
BOARDS = [
    entry("adp", f"{ADP}?cid={GUID}&ccId=19000101_000001"),
    entry("greenhouse", "https://boards.greenhouse.io/fernlabs"),
    entry("smartrecruiters", "https://jobs.smartrecruiters.com/FernLabs"),
    entry("workable", "https://apply.workable.com/fernlabs/"),
    entry("jobvite", "https://jobs.jobvite.com/fernlabs"),
]


@pytest.mark.parametrize(("platform", "url"), NOBODYS)
def test_a_link_that_names_nobody_has_a_platform_and_no_key(platform: str, url: str) -> None:
    match = recognise(url, *BOARDS)
    assert match.platform.platform == platform
    assert (match.tenant, match.posting_id, match.key) == ("", None, None)


def test_what_a_link_without_employer_says_survives() -> None:
    one = recognise(f"{ADP}?source=LI&ccId=1_1&jobId=533286&lang=en_US")
    assert one.canonical_url == f"{ADP}?ccId=1_1&jobId=533286&lang=en_US"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://apply.workable.com/j/43D377A298", ("workable", "", "43D377A298")),
        (
            "https://boards.greenhouse.io/embed/job_app?token=4015520005",
            ("greenhouse", "", "4015520005"),
        ),
    ],
)
def test_no_entry_completes_what_a_vendors_host_leaves_out(url: str, key: tuple[str, ...]) -> None:
    assert recognise(url, *BOARDS).key == key


def test_another_employers_board_on_the_same_host_stays_its_own() -> None:
    for url, tenant in (
        (f"{ADP}?cid={UUID}&jobId=1", UUID),
        ("https://boards.greenhouse.io/moss/jobs/4015520005", "moss"),
        ("https://apply.workable.com/moss/j/43D377A298/", "moss"),
        ("https://jobs.jobvite.com/moss/job/oE4cjfwX", "moss"),
        ("https://jobs.smartrecruiters.com/Moss/744000093741070", "moss"),
    ):
        assert recognise(url, *BOARDS).tenant == tenant


# --- a vendor's parameter on other pages ----------------------------------------------------------


@pytest.mark.parametrize("parameter", ["gh_jid=4899302003", f"ashby_jid={UUID}"])
def test_a_widgets_parameter_leaves_every_other_platform_its_urls(parameter: str) -> None:
    for name, cls in platforms().items():
        for example in cls.examples:
            page, hash_, fragment = tidy(example).partition("#")
            url = f"{page}{'&' if '?' in page else '?'}{parameter}{hash_}{fragment}"
            if not cls.match(url):
                continue
            claims = [other for other, p in platforms().items() if p.match(url)]
            assert claims in ([name], ["greenhouse"]), url


def test_both_widgets_parameters_are_greenhouses() -> None:
    url = f"https://www.fern.example/careers?ashby_jid={UUID}&gh_jid=4899302003"
    assert recognise(url).platform.platform == "greenhouse"


# --- employers' own hosts -------------------------------------------------------------------------

# Platform, parameters of the entry, link, posting id, canonical URL ("" for the link itself).
OWN_HOSTS: list[tuple[str, dict[str, str], str, str | None, str]] = [
    ("greenhouse", {"token": "fern"}, "https://www.fern.example/position/4274288002/", "4274288002", "https://www.fern.example/position/4274288002"),
    ("greenhouse", {"token": "fern"}, "https://www.fern.example/join?gh_jid=4274288002&gh_src=x", "4274288002", "https://www.fern.example/join?gh_jid=4274288002"),
    ("ashby", {"org": "Fern Labs"}, f"https://www.fern.example/join?ashby_jid={UUID}&x=1", UUID, f"https://jobs.ashbyhq.com/Fern%20Labs/{UUID}"),
    ("smartrecruiters", {"company": "FernLab"}, "https://www.fern.example/find-your-job/all/3743990000911246", "3743990000911246", "https://jobs.smartrecruiters.com/FernLab/3743990000911246"),
    ("jobvite", {"company": "fern"}, "https://www.fern.example/careers/?p=job%2FoBTjvfw2&nl=1", "oBTjvfw2", "https://jobs.jobvite.com/fern/job/oBTjvfw2"),
    ("oracle_recruiting", {"host": "fern.fa.us2.oraclecloud.com"}, "https://careers.fern.example/en/sites/jobsearch/job/4278/?utm_medium=x", "4278", f"{ORC}/en/sites/jobsearch/job/4278"),
    ("oracle_recruiting", {"host": "fern.fa.us2.oraclecloud.com"}, "https://careers.fern.example/jobs/#en/sites/jobsearch/job/4278", "4278", f"{ORC}/en/sites/jobsearch/job/4278"),
    ("peoplesoft", {"host": "ps.fern.example", "site": "ps", "portal": "E", "node": "H"}, "https://hr.fern.example/jobs/ext/338453", "338453", ""),
    ("selectminds", {"host": "fern.referrals.selectminds.com"}, "https://jobs.fern.example/jobs/engineer-6548?et=x", "6548", "https://jobs.fern.example/jobs/engineer-6548"),
    ("selectminds", {"host": "jobs.fern.example"}, "https://jobs.fern.example/jobs/4251", "4251", ""),
    ("jibe", {"host": "careers.fern.example"}, "https://careers.fern.example/jobs/51596?mode=job", "51596", "https://careers.fern.example/jobs/51596"),
    ("successfactors", {"host": "jobs.fern.example"}, "https://jobs.fern.example/Fern/job/Ulm-R&D-Lead-%28HPC%29/901088900/?from=email", "901088900", "https://jobs.fern.example/Fern/job/Ulm-R&D-Lead-%28HPC%29/901088900/"),
    ("successfactors", {"host": "jobs.fern.example"}, "https://jobs.fern.example/job/Ulm-Lead/815106302", "815106302", "https://jobs.fern.example/job/Ulm-Lead/815106302/"),
    ("successfactors", {"host": "jobs.fern.example"}, "https://jobs.fern.example/job-invite/6886", "6886", "https://jobs.fern.example/job-invite/6886/"),
    ("successfactors", {"host": "jobs.fern.example"}, "https://jobs.fern.example/s/PHqpOn", None, "https://jobs.fern.example/s/PHqpOn/"),
    ("phenom", {"host": "jobs.fern.example"}, "https://jobs.fern.example/experienced/uk/en/job/R-0000014951/Director", "R-0000014951", "https://jobs.fern.example/experienced/uk/en/job/R-0000014951"),
    ("radancy", {"host": "jobs.fern.example", "org": "3437"}, "https://jobs.fern.example/fr/emploi/ulm/chef/3437/40739839840", "40739839840", ""),
    ("eightfold", {"host": "jobs.fern.example", "domain": "fern.org"}, "https://jobs.fern.example/careers/job/12070884?source=li", "12070884", "https://jobs.fern.example/careers/job/12070884?domain=fern.org"),
    ("peopleadmin", {"host": "jobs.fern.example"}, "http://jobs.fern.example/postings/39659?utm_source=x", "39659", "https://jobs.fern.example/postings/39659"),
    ("recruitee", {"host": "jobs.fern.example"}, "https://jobs.fern.example/o/hpc-lead/c/new", "hpc-lead", "https://jobs.fern.example/o/hpc-lead"),
    ("pinpoint", {"host": "jobs.fern.example"}, f"https://jobs.fern.example/en/postings/{UUID}", UUID, f"https://jobs.fern.example/postings/{UUID}"),
    ("teamtailor", {"host": "jobs.fern.example"}, "https://jobs.fern.example/jobs/6951978-head-of-hpc?x=1", "6951978", "https://jobs.fern.example/jobs/6951978-head-of-hpc"),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "params", "url", "posting_id", "canonical"), OWN_HOSTS)
def test_an_employers_own_host_is_recognised_where_the_catalogue_names_it(
    platform: str, params: dict[str, str], url: str, posting_id: str | None, canonical: str
) -> None:
    parts = urlsplit(url)
    known = entry(platform, f"{parts.scheme}://{parts.netloc}/", **params)
    match = recognise(url, known)
    assert match.platform.platform == platform
    assert match.posting_id == posting_id
    assert match.params.model_dump(exclude_none=True, exclude_defaults=True) == params | {
        name: value
        for name, value in match.groups.items()
        if name in match.platform.Params.model_fields and name not in params
    }
    assert match.tenant == match.platform.tenant_of(match.platform.Params(**params))
    assert match.canonical_url == (canonical or url)
    again = recognise(match.canonical_url, known)
    assert (again.key, again.canonical_url) == (match.key, match.canonical_url)


@pytest.mark.parametrize(("platform", "params", "url", "posting_id", "canonical"), OWN_HOSTS)
def test_a_path_alone_is_nobodys(
    platform: str, params: dict[str, str], url: str, posting_id: str | None, canonical: str
) -> None:
    match = Recogniser().recognise(url)
    by_parameter = "gh_jid=" in url or "ashby_jid=" in url
    assert (match is not None) == by_parameter


def test_one_board_on_its_own_host_and_on_the_vendors() -> None:
    """An entry whose `host` is the vendor's and that names its own host too: one tenant."""
    known = Source(
        id="fern",
        platform="selectminds",
        employer="Fernwood",
        url="https://jobs.fern.example/jobs/search",
        params={"host": "fern.referrals.selectminds.com"},
        hosts=("fern.referrals.selectminds.com",),
    )
    keys = {
        recognise(url, known).key
        for url in (
            "https://jobs.fern.example/jobs/engineer-6548",
            "https://fern.referrals.selectminds.com/jobs/software-engineer-6548",
        )
    }
    assert keys == {("selectminds", "fern.referrals.selectminds.com", "6548")}


def test_a_career_site_and_the_portal_behind_it_are_one_tenant() -> None:
    known = entry(
        "successfactors", "https://jobs.fern.example/", host="jobs.fern.example", company="fernP"
    )
    site = recognise("https://jobs.fern.example/job/Ulm-Lead/815106302/", known)
    portal = recognise(
        "https://career4.successfactors.com/career?company=fernP&career_job_req_id=6886", known
    )
    assert site.tenant == portal.tenant == "fernP"


# --- an employer's page ---------------------------------------------------------------------------

PAGES: list[tuple[str, str, dict[str, str]]] = [
    ("greenhouse", '<script src="https://boards.greenhouse.io/embed/job_board/js?for=fernlabs"></script>', {"token": "fernlabs"}),
    ("greenhouse", 'fetch("https://boards-api.greenhouse.io/v1/boards/fernlabs/jobs")', {"token": "fernlabs"}),
    ("greenhouse", '<a href="//job-boards.eu.greenhouse.io/fernlabs">Jobs</a>', {"token": "fernlabs"}),
    ("ashby", '<script src="https://jobs.ashbyhq.com/Fern.Labs/embed"></script>', {"org": "Fern.Labs"}),
    ("smartrecruiters", '<a href="https://careers.smartrecruiters.com/FernLabs/it">Jobs</a>', {"company": "FernLabs"}),
    ("jobvite", "<iframe src='https://jobs.jobvite.com/careers/fern-labs/jobs'>", {"company": "fern-labs"}),
    ("jazzhr", '<a href="http://fernlabs.applytojob.com/apply/">', {"tenant": "fernlabs"}),
    ("workable", '<a href="https://apply.workable.com/fern-2/">', {"account": "fern-2"}),
    ("oracle_recruiting", f'<a href="{ORC}/en/sites/CX_1/requisitions">', {"host": "fern.fa.us2.oraclecloud.com", "site": "CX_1"}),
    ("oracle_recruiting", '"apiBaseUrl":"https://fern.fa.em3.oraclecloud.com:443/hcmRestApi"', {"host": "fern.fa.em3.oraclecloud.com"}),
    ("peoplesoft", '<a href="https://ps.fern.example:8001/psp/recruit/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?SiteId=1">', {"host": "ps.fern.example:8001", "site": "recruit", "portal": "EMPLOYEE", "node": "HRMS"}),
    ("njoyn", '<a href="https://fern.njoyn.com/CL3/xweb/xweb.asp?page=joblisting&amp;clid=55117">', {"host": "fern.njoyn.com", "section": "CL3", "clid": "55117"}),
    ("icims", '<a href="https://careers-fern.icims.com/jobs/intro">', {"host": "careers-fern.icims.com"}),
    ("icims", '<iframe id="icims_content_iframe">', {}),
    ("jibe", '<script>window._jibe = {"cid":"fern"}</script>', {}),
    ("successfactors", '<link href="https://rmkcdn.successfactors.com/x/y.css">', {}),
    ("successfactors", '<a href="https://career10.successfactors.com/career?career_ns=home&amp;company=fernP">', {"host": "career10.successfactors.com", "company": "fernP"}),
    ("phenom", "<script>var phApp = {}; phApp.ddo = {};</script>", {}),
    ("radancy", '<body data-org-id="3437">', {"org": "3437"}),
    ("radancy", '<section id="search-results" data-ajax-url="/en/search-jobs/results">', {}),
    ("eightfold", '<script src="https://static.vscdn.net/x.js">', {}),
    ("eightfold", '<a href="https://fern.eightfold.ai/careers">', {"host": "fern.eightfold.ai"}),
    ("ukg", f'<a href="{UKG}?q=">', {"host": "recruiting2.ultipro.com", "company": "FER1004WOOD", "board": GUID}),
    ("cornerstone", '<a href="https://fern.csod.com/ux/ats/careersite/4/home?c=fern">', {"tenant": "fern", "site": "4"}),
    ("peopleadmin", '<a href="https://fern.peopleadmin.com/postings/search">', {"host": "fern.peopleadmin.com"}),
    ("bamboohr", '<script src="https://fern.bamboohr.com/js/embed.js">', {"tenant": "fern"}),
    ("breezy", '<a href="https://fern.breezy.hr/">', {"tenant": "fern"}),
    ("recruitee", '<a href="https://fern.recruitee.com/o/hpc">', {"host": "fern.recruitee.com"}),
    ("pinpoint", '<a href="https://fern.pinpointhq.com">', {"host": "fern.pinpointhq.com"}),
    ("teamtailor", '<a href="https://fern.na.teamtailor.com/jobs">', {"host": "fern.na.teamtailor.com"}),
    ("teamtailor", '<script src="https://scripts.teamtailor-cdn.com/widgets/x.js">', {}),
    ("personio", '<a href="https://quanten-hof.jobs.personio.com/?language=en">', {"tenant": "quanten-hof", "domain": "com"}),
]  # fmt: skip


def said_by_page(platform: str, page: str) -> list[dict[str, str]]:
    rules = platforms()[platform].page_rules
    return [found.groupdict() for rule in rules if (found := rule.pattern.search(page))]


@pytest.mark.parametrize(("platform", "page", "params"), PAGES)
def test_a_page_names_its_platform(platform: str, page: str, params: dict[str, str]) -> None:
    assert said_by_page(platform, page)[:1] == [params]
    others = {name for name in platforms() if name != platform and said_by_page(name, page)}
    assert others == set()


@pytest.mark.parametrize("platform", ["phenom", "jibe", "radancy", "eightfold"])
def test_a_front_end_comes_before_the_platform_behind_it(platform: str) -> None:
    marks = [page for name, page, params in PAGES if name == platform and "host" not in params]
    link = '<a href="https://fern.wd5.myworkdayjobs.com/Careers/job/Ulm/Lead_R-7/apply">Apply</a>'
    for mark in marks:
        url = "https://careers.fern.example/anything/at-all"
        match = Recogniser().recognise_page(url, link + mark)
        assert match is not None
        assert match.platform.platform == platform
        assert match.params.host == "careers.fern.example"


def test_a_page_tells_the_number_of_its_site() -> None:
    url = "https://careers.fern.example/emploi/ulm/chef/3437/40739839840"
    match = Recogniser().recognise_page(url, "<body data-org-id='3437'>")
    assert match is not None
    assert match.key == ("radancy", "3437", "40739839840")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><h1>Careers at Fernwood</h1><a href='/jobs'>Jobs</a></body></html>",
        '<a href="https://www.greenhouse.com/">',
        '<a href="https://www.bamboohr.com/careers/">',
        '<a href="https://www.icims.com/jobs">',
        '<a href="https://app.eightfold.ai/careers">',
    ],
)
def test_a_page_without_evidence_names_none(page: str) -> None:
    vendors = {platform for platform, _, _ in PAGES}
    assert [name for name in vendors if said_by_page(name, page)] == []
