"""Platforms that are recognised and not read: forms of one posting, hosts that a source names."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest

from crawler.errors import ConfigError
from crawler.loader import platforms, spider_class
from crawler.platform import Match
from crawler.recognise import Recogniser
from crawler.sources import Source

UNREAD = sorted(n for n, cls in platforms().items() if cls.unread and not cls.generic)
CSJ = "https://www.civilservicejobs.service.gov.uk/csr"


def source(platform: str, url: str, **params: str) -> Source:
    return Source(id="fern", platform=platform, employer="Fernwood", url=url, params=params)


def recognise(url: str, *sources: Source) -> Match:
    match = Recogniser(sources).recognise(url)
    assert match is not None, f"nobody claims {url}"
    return match


@pytest.mark.parametrize("name", UNREAD)
def test_a_source_of_an_unread_platform_says_why_it_cannot_run(name: str) -> None:
    cls = platforms()[name]
    url = next(iter(cls.examples))
    with pytest.raises(ConfigError, match=re.escape(f"not read: {cls.unread}")):
        spider_class(source(name, url))


@pytest.mark.parametrize("name", ["linkedin", "indeed", "glassdoor"])
def test_what_is_never_requested_says_what_to_do_instead(name: str) -> None:
    assert "never requested" in str(platforms()[name].unread)
    assert "rolecall try FILE" in str(platforms()[name].unread)


@pytest.mark.parametrize(
    "forms",
    [
        (
            "https://www.linkedin.com/jobs/view/data-steward-at-fernwood-3300000001/?trk=x",
            "https://ca.linkedin.com/jobs/view/3300000001",
            "https://www.linkedin.com/jobs/search/?geoId=1&currentJobId=3300000001",
            "https://www.linkedin.com/comm/jobs/view/3300000001/AAAA_b1/?trackingId=x",
        ),
        (
            "https://www.indeed.com/job/hpc-engineer-0123456789abcdef",
            "https://uk.indeed.com/viewjob?from=serp&jk=0123456789ABCDEF",
        ),
        (
            "https://www.glassdoor.com/job-listing/x-JV_IC26_KO0,12.htm?jl=1007270000001&src=x",
            "https://www.glassdoor.co.uk/job-listing/?jobListingId=1007270000001",
        ),
        (
            "https://www.amazon.jobs/en/jobs/9900001/hpc-engineer",
            "https://amazon.jobs/de/jobs/9900001?no_int_redir=1",
            "https://www.amazon.jobs/en/jobs/9900001/hpc-engineer HPC Engineer, Cloud",
        ),
        (
            "https://www.apsjobs.gov.au/s/job-details?title=x&Id=a05ZZ00000Fe1aBQAZ",
            "https://www.apsjobs.gov.au/s/job-details?Id=a05ZZ00000Fe1aB",
        ),
        (
            "https://jobs.chronicle.com/apply/37900001/director?LinkSource=JobDetails",
            "https://jobs.chronicle.com/job/37900001/",
        ),
        (
            "https://careers.fernwood.avature.net/en_US/careers/JobDetail/HPC-Engineer/9001",
            "https://careers.fernwood.avature.net/internalcareers/JobDetail?source=x&jobId=9001",
            "https://careers.fernwood.avature.net/careers/ApplicationMethods?jobId=9001",
        ),
        (
            "https://fernwood.jobs/port-ellery-or/x/0A1B2C3D4E5F60718293A4B5C6D7E8F9/job/?vs=1606",
            "https://fernwood.dejobs.org/0a1b2c3d4e5f60718293a4b5c6d7e8f9",
            "http://my.jobs/0a1b2c3d4e5f60718293a4b5c6d7e8f91839",
        ),
        (
            "https://my.corehr.com/pls/fw/erq_jobspec_version_4.display_form?p_company=10"
            "&p_internal_external=E&p_recruitment_id=990001",
            "https://my.corehr.com/pls/fw/erq_jobspec_version_4.jobspec?p_id=990001",
            "https://my.corehr.com/pls/FW/erq_jobspec_version_4.display_form"
            "?p_recruitment_id=990001&p_applicant_no=",
        ),
        (
            "https://jobs.fernwood.ac.uk/Vacancy.aspx?ref=CSUIT9001",
            "http://jobs.fernwood.ac.uk/vacancy.aspx?forced=1&ref=csuit9001",
        ),
        (
            "https://fernwood.varbi.com/en/what:job/jobID:990001/",
            "https://fernwood.varbi.com/what:login/jobID:990001/type:job/where:4/apply:1/",
            "https://www.fernwood.example/en/work/what:job/jobID:990001/where:4/",
        ),
        (
            "https://careers.umich.edu/job_detail/990001/data_steward",
            "https://careers.umich.edu/job_detail/apply/990001",
        ),
        (
            "https://www.usajobs.gov/GetJob/ViewDetails/990000100",
            "https://www.usajobs.gov/job/990000100",
        ),
        (
            "http://careers.peopleclick.com/careerscp/client_fw/external/en-us/gateway.do"
            "?functionName=viewFromLink&jobPostId=90001&localeCode=en-us",
            "https://careers.peopleclick.com/careerscp/client_FW/external_staff/jobDetails/"
            "jobDetail.html?jobPostId=90001",
            "https://careers.peopleclick.com/careerscp/client_fw/external/gateway.do?jobPostID=90001",
        ),
        ("https://recruit.ap.ucsb.edu/JPF09901", "https://recruit.ap.ucsb.edu/apply/jpf09901"),
        (
            "https://jobs.careers.microsoft.com/global/en/share/9900001/?utm_source=Job Share",
            "https://jobs.careers.microsoft.com/us/en/job/9900001/HPC-Engineer?jobsource=linkedin",
        ),
        (
            "https://careers.fernwood.example/job/hpc-engineer-in-port-ellery-or-jid-901",
            "https://careers.fernwood.example/en/job/anything-jid-901?x=1",
        ),
        (
            "https://www.careerbeacon.com/en/job/9900001/fernwood/data-steward/halifax-ns",
            "https://jobs.careerbeacon.com/details/data-steward/9900001",
        ),
        ("https://www.hipeac.net/jobs/99001/x/", "https://hipeac.net/jobs/99001"),
        (
            "https://cezanneondemand.intervieweb.it/fernwood/jobs/director-99001/en/",
            "https://cezanneondemand.intervieweb.it/Fernwood/jobs/direttore-99001/it/",
        ),
    ],
    ids=lambda forms: forms[0].split("/")[2],
)
def test_forms_of_one_posting_have_one_key(forms: tuple[str, ...]) -> None:
    keys = {recognise(url).key for url in forms}
    assert len(keys) == 1
    assert keys != {None}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # letter case is data in a Salesforce id
        (
            "https://www.apsjobs.gov.au/s/job-details?Id=a05ZZ00000Fe1aB",
            "https://www.apsjobs.gov.au/s/job-details?Id=a05ZZ00000Fe1Ab",
        ),
        # one number, two sites of one host
        (
            "https://jobs.fernwood.example/wd/plsql/wd_portal.show_job?p_web_site_id=1&p_web_page_id=9",
            "https://jobs.fernwood.example/wd/plsql/wd_portal.show_job?p_web_site_id=2&p_web_page_id=9",
        ),
        ("https://recruit.ap.ucsb.edu/JPF01941", "https://recruit.ucdavis.edu/JPF01941"),
        (
            "https://www.nature.com/naturecareers/job/12900001/x/",
            "https://jobs.sciencecareers.org/job/12900001/x/",
        ),
        # a database's name says the tenant on my.corehr.com only
        (
            "https://recruit.fernwood.example/pls/corehrrecruit/erq_jobspec_version_4.jobspec?p_id=1",
            "https://recruit.quantenhof.example/pls/corehrrecruit/erq_jobspec_version_4.jobspec?p_id=1",
        ),
        (
            "https://careers.fernwood.example/job/hpc-engineer-in-port-ellery-or-jid-901",
            "https://careers.quantenhof.example/job/hpc-engineer-in-port-ellery-or-jid-901",
        ),
        (
            "https://careers.peopleclick.com/careerscp/client_fw/external/gateway.do?jobPostId=9",
            "https://careers.peopleclick.com/careerscp/client_qh/external/gateway.do?jobPostId=9",
        ),
    ],
)
def test_two_postings_never_share_a_key(one: str, other: str) -> None:
    first, second = recognise(one), recognise(other)
    assert first.key
    assert second.key
    assert first.key != second.key


@pytest.mark.parametrize("before", range(6))
@pytest.mark.parametrize("cut", range(3))
@pytest.mark.parametrize("safe", [b"+/", b"-_"])
def test_a_civil_service_session_link_is_its_vacancy(before: int, cut: int, safe: bytes) -> None:
    """Wherever the number stands in the base64, with or without its end, in both alphabets."""
    query = b">?" * 3 + b"x" * before + b"&joblist_view_vac=9900001&pageclass=Jobs"
    sid = b64encode(query, safe).decode()
    match = recognise(f"{CSJ}/index.cgi?SID={sid[: len(sid) - cut]}")
    assert match.key == recognise(f"{CSJ}/jobs.cgi?jcode=9900001").key
    assert match.canonical_url == f"{CSJ}/jobs.cgi?jcode=9900001"


@pytest.mark.parametrize(
    ("url", "named", "key", "canonical"),
    [
        (
            "http://jobs.fernwood.example/vacancy/hpc-engineer-9001.html?utm_source=x",
            source("hireserve", "https://jobs.fernwood.example/wd/wd_portal.list?p_web_site_id=3"),
            ("hireserve", "jobs.fernwood.example/3", "9001"),
            "https://jobs.fernwood.example/vacancy/hpc-engineer-9001.html",
        ),
        (
            "https://jobs.fernwood.example/job/15250001/software-architect/?TrackID=8",
            source("madgex", "https://jobs.fernwood.example/jobs/", board="jobs.fernwood.example"),
            ("madgex", "jobs.fernwood.example", "15250001"),
            "https://jobs.fernwood.example/job/15250001/software-architect/",
        ),
        (
            "https://jobs.fernwood.example/job/15250001/software-architect/",
            source("symphonytalent", "https://jobs.fernwood.example", host="jobs.fernwood.example"),
            ("symphonytalent", "jobs.fernwood.example", "15250001"),
            "https://jobs.fernwood.example/job/15250001/software-architect",
        ),
        (
            "https://talent.fernwood.example/en_US/careers/JobDetail/9001",
            source("avature", "https://talent.fernwood.example/en_US/careers/SearchJobs"),
            ("avature", "talent.fernwood.example", "9001"),
            "https://talent.fernwood.example/en_US/careers/JobDetail?jobId=9001",
        ),
        (
            "https://www.fernwood.example/lediga-jobb/990001?l=en",
            source("varbi", "https://www.fernwood.example/", host="www.fernwood.example"),
            ("varbi", "varbi.com", "990001"),
            "https://www.fernwood.example/lediga-jobb/990001",
        ),
        (
            "https://jobs.fernwood.example/Vacancy.aspx?ref=csuit9001",
            source("stonefish", "https://jobs.fernwood.example/", host="jobs.fernwood.example"),
            ("stonefish", "jobs.fernwood.example", "CSUIT9001"),
            "https://jobs.fernwood.example/vacancy.aspx?ref=csuit9001",
        ),
        (
            "https://jobs.fernwood.example/careers/job-details?jobID=9001&job=x",
            source("hiretouch", "https://jobs.fernwood.example/", host="jobs.fernwood.example"),
            ("hiretouch", "jobs.fernwood.example", "9001"),
            "https://jobs.fernwood.example/careers/job-details?jobID=9001",
        ),
    ],
    ids=lambda value: value.platform if isinstance(value, Source) else None,
)
def test_a_form_that_could_be_anybodys_counts_on_a_named_host(
    url: str, named: Source, key: tuple[str, str, str], canonical: str
) -> None:
    assert Recogniser().recognise(url) is None
    match = recognise(url, named)
    assert match.key == key
    assert match.canonical_url == canonical


@pytest.mark.parametrize(
    ("platform", "page"),
    [
        ("hireserve", '<a href="//jobs.x.example/wd/wd_portal.list?a=1&amp;p_web_site_id=7">'),
        ("madgex", '<li class="cf lister__item" id="item-1">'),
        ("avature", '<meta name="avature.portal.id" content="4">'),
        ("corehr", '<a href="https://my.corehr.com/pls/fw/erq_search_version_4.start?p=1">'),
        ("attrax", '<div class="attrax-vacancy-tile x" data-jobid="1">'),
        ("symphonytalent", "<script>var cws_opts = {};</script>"),
    ],
)
def test_markers_of_an_employers_page(platform: str, page: str) -> None:
    held = {
        name: found
        for name, cls in platforms().items()
        for rule in cls.page_rules
        if (found := rule.pattern.search(page))
    }
    assert list(held) == [platform]
    said = {key: value for key, value in held[platform].groupdict().items() if value}
    assert said in (
        {},
        {"host": "jobs.x.example", "site": "7"},
        {"host": "my.corehr.com", "database": "fw"},
    )
