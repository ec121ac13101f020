"""Three issues of a newsletter and two posts of boards, harvested and placed.

What a listing must say was read off the documents by hand; the whole is held against the table of
community listings that others made from the same documents.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.harvest import Harvest, harvest
from crawler.placing import Placer
from crawler.sources import read_catalogue
from tests.real.conftest import SHARED
from tests.test_cli import rolecall

SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
LINE = re.compile(r"^\*\*\[.+\]\(.+\)\*\* - ", re.M)

Said = tuple[str, str, str, str]  # beginning of the URL, title, organization, location

ISSUE_128: dict[int, Said] = {
    259: (
        "https://jobs.smartrecruiters.com/GenomicsEngland/743999835739833-lead",
        "Lead Bioinformatician - Research Services", "Genomics England", "London UK",
    ),
    289: (  # two blanks in the place
        "https://singulargenomics.com/careers/positions/?gh_jid=4899302003",
        "Staff Bioinformatics Scientist, Applications", "Singular Genomics",
        "San Diego CA or Remote  USA",
    ),
    298: (
        "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?ccId=19000101",
        "Manager, Research and Analytics: Analytics and Evaluation",
        "CareQuest Institute for Oral Heath", "Remote USA",
    ),
    305: (
        "https://www.takedajobs.com/job/cambridge/head-of-research-data-and-digital/1113/",
        "Head of Research Data and Digital", "Takeda Pharmaceuticals",
        "Cambridge MA or San Diego CA USA",
    ),
    323: (  # the fourth Harvard entry in a row, told apart by the fragment too
        "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad?partnerid=25240&siteid=5341"
        "&PageType=JobDetails&jobid=1958605#jobDetails=1958605_5341",
        "Lead Cybersecurity Engineer, Research Computing", "Harvard University", "Boston MA USA",
    ),
    329: (
        "https://queensu.njoyn.com/cl4/xweb/Xweb.asp?tbtoken=ZVlZQB9d",
        "Associate Director, Research Systems", "Queen's University", "Kingston ON CA",
    ),
    332: (
        "https://careers.microsoft.com/us/en/job/1361537/Senior-Technical-Program-Manager",
        "Senior Technical Program Manager", "Microsoft", "Redmond WA or Cambridge MA USA",
    ),
    347: (
        "https://jobs.exxonmobil.com/ExxonMobil/job/Houston-Senior-Mathematical-Optimization-"
        "Scientist-%28EMTEC%29-TX-77001/901088900/?from=email&refid=13194652300",
        "Senior Mathematical Optimization Scientist (EMTEC)", "ExxonMobil", "Houston TX USA",
    ),
    356: (
        "https://www.hipeac.net/jobs/12843/research-director-in-computer-architecture/",
        "Research Director in Computer Architecture, Architecture and Compilers Research Group",
        "Universitat Politècnica de Catalunya", "Barcelona ES",
    ),
    359: (
        "https://frontiersin.wd3.myworkdayjobs.com/en-US/Frontiers/job/Scrum-Master_22REQ0740",
        "Data Engineer Team Lead", "Fronteirs Journals", "Remote ES or PT or DE or PO or UK",
    ),
    365: (
        "https://tier4group.com/job/?id=1075016",
        "High Performance Computing Manager", "Tier4 Group (Recruiter)", "Seattle WA USA",
    ),
    368: (  # the last line of the document
        "https://tre.tbe.taleo.net/tre01/ats/careers/v2/viewRequisition?org=SIMOFRAS&cws=37&rid=4126",
        "Project Manager, Advanced Research Computing", "Simon Fraser University", "Burnaby BC CA",
    ),
}  # fmt: skip

ISSUE_86: dict[int, Said] = {
    273: (
        "https://jobs.careerbeacon.com/details/mobile--ubiquitous-computing-research-program",
        "Mobile & Ubiquitous Computing Research Program Manager",
        "New Brunswick Community College", "Fredericton NB CA",
    ),
    277: (  # a link of eight lines
        "https://careers.hprod.onehcm.usg.edu/psc/careers/CAREERS/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH",
        "HPC Systems Support Engineer Manager Sr", "Georgia Tech", "Atlanta GA USA",
    ),
    281: (
        "https://careers.hpe.com/job/Hewlett-Packard-Enterprise-Ft.-Collins-Colorado/155265709",
        "Sr. Cloud Architect - IaaS - High Performance Computing", "Hewlett Packard Enterprise",
        "Fort Collins CO USA",
    ),
    285: (
        "https://www.bto.org/sites/default/files/bto_2021_11_director_information_systems_0.pdf",
        "Director - Information Systems", "British Trust for Ornithology", "Thetford UK",
    ),
    298: (
        "https://www.linkedin.com/jobs/view/associate-director-monash-eresearch-centre-at-monash",
        "Associate Director, Monash eResearch Centre", "Monash University", "Clayton VIC AUS",
    ),
    318: (
        "https://amgen.wd1.myworkdayjobs.com/Careers/job/Canada---Burnaby/Senior-Associate",
        "Senior Associate Software Engineer - Omics/Human Genetics", "Amgen",
        "various CA or US",
    ),
    322: (
        "https://lbl.referrals.selectminds.com/jobs/scientific-data-architect-4003",
        "Scientific Data Architect", "Berkeley Lab", "Berkeley CA USA",
    ),
}  # fmt: skip

ISSUE_145: dict[int, Said] = {
    264: (
        "https://jobs.eu.lever.co/cambridgequantum/0706570b-e2ad-4bca-b6a7-56b56c541f8f?lever-origin",
        "Technical Project Manager - Quantum Machine Learning", "Qiamtomii", "London UK",
    ),
    270: (
        "https://www.morganhunt.com/jobs/senior-data-science-manager/16050?referrer=Indeed",
        "Senior Data Science Manager", "Morgan Hunt (Recruiter)", "Glasgow UK",
    ),
    273: (  # a typographic dash in the title is no separator
        "https://jobs.merck.com/us/en/job/MERCUSR213445ENUS/Director-Data-Science",
        "Director, Data Science – Head of Impact Evaluation", "Merck", "Various NJ USA",
    ),
    279: (
        "https://inl.taleo.net/careersection/inl_external/jobdetail.ftl?job=18711&src=LinkedIn",
        "Geospatial Data Science and Applications Group Lead", "Idaho National Laboratory",
        "Idaho Falls ID USA or Remote USA",
    ),
    292: (
        "https://careers.jhuapl.edu/jobs/51596?lang=en-us&mode=job&iis=Job+Board&iisn=LinkedIn",
        "Assistant Program Manager, Alternative Computing Paradigms (Quantum Information Science)",
        "Johns Hopkins Applied Physics Laboratory", "Laurel MD USA",
    ),
    304: (
        "https://jobs.lever.co/benchsci/b7db6660-f32b-4511-8d65-8ebfe8cba237?lever-source",
        "Technical Lead, Machine Learning - Computer Vision", "BenchSci",
        "Toronto ON CA or Remote CA or USA or UK",
    ),
    307: (  # no blank before the dash in the title
        "https://www.linkedin.com/jobs/view/senior-principal-quantum-computing-scientist",
        "Senior / Principal Quantum Computing Scientist- Applications & Sales", "PASQAL",
        "Sherbrooke QC CA",
    ),
    313: (  # é in the link
        "https://www.linkedin.com/jobs/view/program-manager-research-institute-at-centre-"
        "universitaire-de-santé-mcgill-mcgill-university-health-centre-3357039012/",
        "Program Manager (McGill University Health Centre Research Institute)",
        "McGill University", "Montreal QC CA",
    ),
    337: (
        "https://www.jobs.ac.uk/job/CVB420/research-data-support-manager",
        "Research Data Support Manager, Library Services",
        "St. George's University of London", "London UK",
    ),
    355: (
        "https://usa.honda-ri.com/-/lead-scientist-quantum-computing?redirect=%2Fassociate-positions",
        "Lead Scientist Quantum Computing", "Honda Research Institute", "San Jose CA USA",
    ),
    358: (
        "https://massanf.taleo.net/careersection/ex/jobdetail.ftl?job=22000DCJ&tz=GMT+00%3A00",
        "Director of Data Engineering", "Commonwealth of Massachusetts", "Boston MA USA",
    ),
}  # fmt: skip


def seed(number: str) -> Harvest:
    (path,) = [path for path in SEEDS if path.name.startswith(number)]
    return harvest(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("number", "issue", "date", "count", "expected"),
    [
        ("001", "128", "2022-07-02", 37, ISSUE_128),
        ("002", "86", "2021-08-06", 13, ISSUE_86),
        ("003", "145", "2022-11-19", 33, ISSUE_145),
    ],
)
def test_an_issues_listings_as_the_editor_wrote_them(
    number: str, issue: str, date: str, count: int, expected: dict[int, Said]
) -> None:
    found = seed(number)
    assert (found.kind, found.issue, found.date) == ("markdown", issue, date)
    assert (len(found.leads), found.skipped) == (count, [])
    leads = {lead.where: lead for lead in found.leads}
    for line, (url, *said) in expected.items():
        lead = leads[f"line {line}"]
        assert (lead.url or "").startswith(url)
        assert [lead.title, lead.organization, lead.location] == said


def test_the_workflows_community_post() -> None:
    (lead,) = seed("000").leads
    assert lead.url == (
        "https://usccareers.usc.edu/job/los-angeles/lead-research-engineer-scitech-group"
        "/1209/28729368096"
    )
    assert (lead.title, lead.organization, lead.location) == (
        "Lead Research Engineer", "University of Southern California", "Marina del Rey, CA, USA"
    )  # fmt: skip
    assert lead.closes == "2022-05-31"


def test_the_2i2c_post_is_applied_to_by_mail() -> None:
    (lead,) = seed("004").leads
    assert (lead.url, lead.posted) == (None, "2020-12-09")
    assert (lead.title, lead.organization, lead.location) == (
        "Open Source Infrastructure Engineer: Pangeo Project",
        "2i2c",
        "anywhere (prefer a time zone between US/Pacific and Central European)",
    )


def test_all_listings_agree_with_an_independent_table() -> None:
    with (SHARED / "data" / "listings.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["in_seed"] == "1"]
    found = {
        (lead.title, lead.organization, " ".join((lead.location or "").split())): lead.url
        for path in SEEDS
        for lead in harvest(path.read_text(encoding="utf-8")).leads
    }
    assert len(found) == len(rows) == 85
    for row in rows:
        url = found[row["title"], row["organization"], row["location"]]
        # The table gives the 2i2c post the address of its page, which the document does not have.
        assert url == row["url"] or (url is None and row["source"] == "2i2c")


def test_every_listing_is_placed_or_says_why_not() -> None:
    placer = Placer(read_catalogue())
    placed = [one for n in ("001", "002", "003") for one in placer.place(seed(n).leads)]
    assert len(placed) == 83
    for one in placed:
        assert one.match, one.lead.url
        if not one.source or not one.source.enabled or one.match.posting_id is None:
            assert one.reason, one.lead.url
        if one.reason is None:
            assert one.match is not None
            assert one.match.key is not None


def test_the_command(tmp_path: Path) -> None:
    db = tmp_path / "rolecall.db"
    done = rolecall("import", "--json", "--db", str(db), *map(str, SEEDS))
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert len(said["postings"]) == 85
    keys = ["url", "title", "organization", "location", "platform", "source", "reason"]
    assert Counter(tuple(row) for row in said["postings"]) == {tuple(keys): 85}
    lines = sum(len(LINE.findall(path.read_text(encoding="utf-8"))) for path in SEEDS)
    assert lines == 83
