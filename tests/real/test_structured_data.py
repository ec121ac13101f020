"""Recorded JobPosting nodes and pages. Every expectation was read from the files by a person."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from crawler.json_ld import read_json_ld
from crawler.posting import Salary
from crawler.structured_data import fields_of, job_postings, node_for, structured_data
from tests.real.conftest import crawl, sample, sample_files, sample_json

# Files of samples/jsonld and samples/rdfa_microdata that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}

HERE = "https://site.example/jobs/1"


class Seen(NamedTuple):
    """What a person reads in a recorded node."""

    title: str
    organization: str | None
    start: str | None  # of the description, without the tags before it
    places: tuple[str, ...] = ()
    country: str | None = None
    posted: str | None = None
    through: str | None = None
    number: str | None = None
    terms: str | None = None
    more: dict[str, Any] = {}


def year(low: float, high: float, currency: str = "USD", unit: Any = "YEAR") -> dict[str, Any]:
    return {"salary": Salary(min=low, max=high, currency=currency, unit=unit)}


REMOTE = {"raw_workplace": "TELECOMMUTE"}
SYSTEMS = "Systems Research Engineer"
ABOUT_SO = "About this job"
NODES: dict[str, Seen] = {
    "avalanchefusion_itemlist": Seen(
        "Radiation Safety Officer (FusionWERX)", "Avalanche Energy", None, ("Seattle, WA",), "US"),
    "breezy_position": Seen(
        "Director of UX Design", "ExampleCo", "About the role", ("Remote",), None, "2026-06-01",
        terms="FULL_TIME"),
    "careerbuilder_pcrichard": Seen(
        "Retail Sales Associate - NJ", "P.C. Richard & Son", "Job Description", ("Watchung, NJ",),
        "US", "2019-10-19T01:08:19Z", "2019-11-18T23:59:59Z", "NJ Retail Sales", "FULL_TIME"),
    "eightfold_amdocs": Seen(
        "Software Support Specialist", "Amdocs", "Required Travel :Minimal", ("HKI, Uusimaa,FI",),
        "FI", "2026-07-27T13:21:22", "2027-01-23T13:21:22", None, "FULL_TIME"),
    "habr_career": Seen(
        "Специалист по работе с документами", "ИТ Контакт", "Обязанности &amp; требования:",
        ("Санкт-Петербург",), None, "2026-06-29", "2026-07-29", "1000166598", "FULL_TIME"),
    "icims_detail_compgraph": Seen(
        "Meta Lab Assistant Manager", "BDS Connected Solutions", "At a Glance", ("Houston, Texas",),
        "United States", "2026-02-13T05:00:00.000Z", "2026-03-13T05:00:00.000Z", None, "FULL_TIME",
        year(65000, 70000)),
    "icims_gdms_unavailable": Seen(
        "Sr. Advanced Field Support Specialist (TS/SCI Clearance Required)",
        "General Dynamics Mission Systems, Inc", "Basic Qualifications",
        ("Annapolis Junction, MD", "VA"), "US", "2026-10-04T04:00:00.000Z",
        "2027-10-04T04:00:00.000Z", None, "OTHER"),
    "jboard_icims_detail": Seen(
        "Network Engineer", None, "Overview", ("Franklin, TN",), "US", "2026-04-24T04:00:00.000Z"),
    "jboard_jobvite_detail": Seen(
        "Account Executive, India", None, "Grow revenue and close", ("Bengaluru, KA",), "IN",
        "2026-03-09"),
    "jboard_netflix_detail": Seen(
        "Manager, Data Science & Engineering", None, "Lead data science", ("Los Angeles, CA",),
        "US", "2026-04-10T00:00:00"),
    "jobtracker_ashby_confluent": Seen(
        "Principal Engineer, Engineering AI Productivity", "Confluent",
        "We’re not just building better tech.", ("United States",), "United States", "2026-05-13",
        None, "85107937-8f12-4336-abb8-e88f344c6bcc", "FULL_TIME",
        {**REMOTE, **year(285000, 342000)}),
    "jobtracker_ashby_docker": Seen(
        "Staff Software Engineer, Infrastructure", "Docker", "Docker has been one of the most",
        ("Canada",), "Canada", "2026-06-08", None, "9bbe3ad7-f4be-4efa-8889-b93e9d62c1ed",
        "FULL_TIME", REMOTE),
    "jobtracker_expedia": Seen(
        "Principal Software Development Engineer - Developer Productivity & Insights",
        "Expedia Group", "Expedia Group brands power", ("Seattle, WA",), "United States",
        "2026-05-22", None, "R-105467-3", None, year(214500, 343000)),
    "jobtracker_uber": Seen(
        "Staff Software Engineer", "Uber", "About the Role", ("Seattle, Washington",), "USA",
        "2026-05-19", None, "156729", "Full-Time"),
    "jobtracker_workday_adobe": Seen(
        "Senior Software Engineer", "ADUS-Adobe Inc.", "EMPLOYEE ROLE Individual Contributor",
        ("San Francisco",), "United States of America", "2026-05-26", None, "R168193", "FULL_TIME"),
    "juniorguru_own_site_job": Seen(
        "Chceš se stát engineerkou/engineerem v Red Hatu?", "Red Hat", "Pracovní nabídka pro",
        ("Brno",), None, "2020-08-31"),
    "linkedin_a": Seen(
        "Start kariéry jako Junior C++ Programátor/ka", "Experis Czech Republic", None, ("CZ",),
        "CZ", "2020-04-16T14:32:01.000Z", "1970-01-01T00:00:00.000Z", None, "OTHER"),
    "linkedin_b_applicants": Seen(
        "Principal Java Developer - Java Platform", "Oracle", None, ("CZ",), "CZ",
        "2020-04-20T08:16:45.000Z", "1970-01-01T00:00:00.000Z", None, "OTHER"),
    "linkedin_c_offsite_apply": Seen(
        "Engineering Trainee", "GE Aviation", "Role Summary:", ("CZ",), "CZ",
        "2020-09-21T21:04:14.000Z", "2020-10-24T21:51:22.000Z", "GE11GLOBAL32262", "OTHER"),
    "linkedin_d_no_company_link": Seen(
        "C/C++ Developer", "Ubiquiti", None, ("CZ",), "CZ", "2020-04-09T03:34:16.000Z",
        "1970-01-01T00:00:00.000Z", None, "OTHER"),
    "meta_software_engineer": Seen(
        "Software Engineer, Infrastructure", "Meta", "Meta is seeking talented engineers",
        ("Sunnyvale, CA", "Bellevue, WA", "Redmond, WA", "Austin, TX", "Menlo Park, CA",
         "Seattle, WA", "Burlingame, CA", "Remote, US", "New York, NY"), "USA",
        "2025-06-10T13:07:44-07:00", "2026-06-08T12:50:57-07:00", None, "Full-time"),
    "neura_robotics_manager": Seen(
        "Manager Ecosystem Integration & Certification (Human)", "Neura Robotics GmbH",
        "Your mission &amp; challenges", ("Metzingen",), "DE", "2025-11-06T00:00:00+01:00",
        "2035-11-06T00:00:00+01:00", "00df0928-b013-448c-b3dd-6c6fb80eadc2"),
    "newgrad_jsonld": Seen(
        "AI Engineer, University Graduate 2026", "ExampleCorp", "Work on LLM evaluation and RAG.",
        ("Boston, MA",), "US", "2026-07-06", None, "REQ-9001", "FULL_TIME"),
    "paylocity_fermi": Seen(
        "Corporate Tax Director", "Fermi LLC", "Description", ("Dallas, TX",), "US",
        "2026-06-11T21:42:38-05:00"),
    "paylocity_sendcutsend": Seen(
        "Production Technician - Swing Shift", "SendCutSend Inc", "Description", ("Paris, KY",),
        "US", "2026-06-22T17:56:03-05:00", more=year(22, 40, unit="HOUR")),
    "remoteok": Seen(
        "Software Engineer II", "Comscore", "Job Title:&nbsp;Software Engineer II", (), None,
        "2020-10-25T16:01:35-07:00", "2020-11-25T15:01:35-08:00", None, "FULL_TIME",
        {**REMOTE, **year(55000, 55000)}),
    "schemaorg_2083": Seen(
        "Telecommute from anywhere in USA!", None, None, ("USA",), "USA"),
    "schemaorg_2294": Seen(SYSTEMS, None, None),
    "schemaorg_2296": Seen(
        "Junior software developer", "ACME Corp.", None, more={"unit": "ITS - Division C"}),
    "schemaorg_2384_1": Seen("electrician", None, None),
    "schemaorg_2384_2": Seen("Stone mason", None, None),
    "schemaorg_2396_1": Seen(SYSTEMS, None, None),
    "schemaorg_2396_2": Seen(SYSTEMS, None, None),
    "schemaorg_2396_3": Seen(SYSTEMS, None, None),
    "schemaorg_2681": Seen("Software Engineer", None, None),
    "schemaorg_eg1": Seen(
        "Software Engineer", None, "Description: ABC Company Inc.", ("Kirkland, WA",), None,
        "2011-10-31", None, None, "Full-time", year(100000, 100000, unit=None)),
    "schemaorg_eg2": Seen("Junior software developer", None, None),
    "shape_briefhq": Seen(
        "Product Builder (Forward Deployed)", "Brief", "Ship product with customers.",
        ("San Francisco, CA",), "US", "2026-07-06", None, "product-builder-forward-deployed",
        "FULL_TIME", {"raw_workplace": "ON_SITE"}),
    "shape_briefhq_2": Seen(
        "Senior Product Builder (Engineering Focus)", "Brief", "Own the codebase.", (), None,
        "2026-07-06", None, "senior-product-builder-engineering", "FULL_TIME", REMOTE),
    "shape_djinni": Seen(
        "Senior Backend Go Engineer", "Acme", "Build & ship services.\n\nHiring process:", ("UA",),
        "UA", "2026-07-06T04:43:20.486231", "2026-08-15T04:43:20.486231", "837549", "FULL_TIME",
        REMOTE),
    "shape_enlizt": Seen(
        "Desenvolvedor(a) Full-Stack", "Tributo Devido", "Build things", ("Florianópolis, SC",),
        "BR", "2026-04-28T17:52:33.490Z", None, "07f9c460-432b-11f1-aa90-89630f1e6003",
        "FULL_TIME"),
    "shape_icims_2": Seen(
        "Solo Role", "Acme", "One place.", ("Seattle, Washington",), "US",
        "2026-05-01T00:00:00.000Z"),
    "skillsml_sample_2013": Seen(
        "Bilingual (Italian) Customer Service Rep (Work from Home)", None,
        "We are looking for a person", ("Salisbury, PA",), None, "2013-03-07",
        "2014-02-05T00:00:00", None, "Full-Time"),
    "spatie_backend_engineer": Seen(
        "Backend Engineer", "Spatie", "You love the PHP + Laravel combo.", ("Antwerp, Antwerp",),
        "BE", "2025-03-01T00:00:00", "2026-03-01T00:00:00", None, "FULL_TIME"),
    "spatie_frontend_designer": Seen(
        "Frontend Designer", "Spatie", "You will be working at the front",
        ("Antwerp, Antwerp",), "BE", "2022-04-22T00:00:00", "2023-04-22T00:00:00", None,
        "FULL_TIME"),
    "spatie_frontend_engineer_2025": Seen(
        "Frontend Engineer", "Spatie", "You're in love with the React", ("Antwerp, Antwerp",),
        "BE", "2025-03-01T00:00:00", "2026-03-01T00:00:00", None, "FULL_TIME"),
    "spatie_javascript_developer": Seen(
        "JavaScript Developer: straffe webapplicaties & eigen producten", "Spatie",
        "We zoeken een ervaren JavaScript developer", ("Antwerp, Antwerp",), "BE",
        "2023-10-30T00:00:00", "2024-10-30T00:00:00", None, "FULL_TIME"),
    "spec_concludis": Seen(
        "Mitarbeiter (m/w/d) Lehrlingsrolle", "Handwerkskammer Region Stuttgart", "…full HTML…",
        ("Stuttgart",), "DE", "2026-06-01", "2026-06-30T23:59:59+02:00", None, "FULL_TIME"),
    "spec_jobtrain": Seen(
        "Support Worker - Part Time (Term time only)", "CrossReach", "…HTML body…",
        ("Motherwell, North Lanarkshire",), "GB", "2026-05-28", "2026-06-14T00:00", None,
        "Term Time", {"raw_salary": "£13.65/hour - £14.03/hour (CRB18)"}),
    "spec_prescreen": Seen(
        "Information Security Officer (w/m/d)", "Virtual Vehicle Research GmbH",
        "…(~200-char summary)…", ("Graz",), "Austria", "2026-04-30", "2026-04-30", "wmo5fb98",
        "Part-time / full-time", REMOTE),
    "spec_rexx": Seen(
        "Controller (m/w/d)", "icotek GmbH & Co. KG", "Das ist icotek",
        ("Eschach, Baden-Württemberg",), "DE", "2026-04-30", "2026-12-01", None, "FULL_TIME"),
    "spec_snaphunt": Seen(
        "Search Quality Rater (Remote)", "…", "…HTML body…", ("Sarasota",), "United States",
        "2024-10-17T09:56:56.455Z", "2025-04-18T22:00:00.084Z", "{jobId}", "PART_TIME", REMOTE),
    "spec_talentreef": Seen(
        "Sales Associate", "Rooms To Go", "…full job-ad HTML…", ("Seffner, FL",), "US",
        "2026-05-21", None, "1234567", "PART_TIME"),
    "stackoverflow_a": Seen(
        "Solution Engineer (M/F/X)", "QUAJOO GmbH", ABOUT_SO, ("Leipzig",), "DE", "2020-03-24",
        "2021-02-03", None, "FULL_TIME"),
    "stackoverflow_d_via": Seen(
        "Senior Full-stack web developer - Python", "CBOE Global Markets", ABOUT_SO, ("London",),
        "GB", "2020-04-23", "2020-12-31", None, "FULL_TIME", year(85000, 110000, "GBP")),
    "talentbrew_reference": Seen(
        "2027 Technology Developer Summer Internship Programme Singapore", "Barclays",
        "Build resilient banking technology.",
        ("Singapore, Central Singapore, Singapore", "Whippany, New Jersey, United States"), None,
        "2026-7-7", "2026-10-15", "JR-0000121763", "Intern",
        {"raw_workplace": "HYBRID", **year(35, 45, unit="HOUR")}),
    "teamtailor_chalhoubgroup": Seen(
        "Finance Manager", "Chalhoub Group", "[trimmed]", ("Dubai, United Arab Emirates",), "AE",
        "2026-07-25T11:33:29+04:00", None, "8126512"),
    "teamtailor_leaseweb": Seen(
        "Sales Account Manager (m/w/d) – Cloud & Hosting Solutions", "Leaseweb",
        "Trimmed for the fixture.", ("Frankfurt am Main, Germany",), "DE",
        "2026-03-03T14:43:09+01:00", None, "7323464", None, year(61220, 90000, "EUR")),
    "teamtailor_tibber": Seen(
        "CRM Specialist", "Tibber", "[trimmed]", ("Stockholm, Stockholm",), "SE",
        "2026-07-20T00:00:00+02:00", None, "7964779"),
    "techjobsnl_abn_amro_a": Seen(
        "Platform Engineer", "ABN AMRO", "Build reliable banking platforms.", ("Amsterdam",),
        "Nederland", "2026-08-10T09:30:00+02:00", None, "ATS-77"),
    "techjobsnl_abn_amro_b": Seen(
        "Security Engineer", "ABN AMRO", "Protect customer data", ("Amstelveen",), "NLD",
        "2026-08-09T08:00:00+02:00", None, "ATS-77"),
    "techjobsnl_albert_heijn": Seen(
        "Senior Data Platform Engineer", "Albert Heijn", "Build the retail data platform.",
        ("Zaandam",), "NL", "2026-08-10T10:00:00+02:00"),
    "techjobsnl_common": Seen(
        "Platform Engineer", "Example Bank", "Build &amp; ship reliable systems.", ("Amsterdam",),
        "NL", "2026-08-12T09:30:00+02:00", None, "REQ-42", "FULL_TIME"),
    "techjobsnl_ebay": Seen(
        "Platform Engineer", None, "Build reliable marketplace services.",
        ("Amsterdam, North Holland",), "Netherlands", "2026-08-09", None, "R100", "FULL_TIME"),
    "techjobsnl_eneco": Seen(
        "Platform Engineer", "Eneco", "Build clean energy platforms.", ("Rotterdam",),
        "Netherlands", "2026-08-10T12:00:00Z", None, None, "Fulltime"),
    "techjobsnl_ing_a": Seen(
        "Platform Engineer", "ING Bank", "Build reliable platforms.",
        ("Amsterdam, North Holland, Netherlands", "Brussels, BEL"), None, "2026-8-10", None,
        "REQ-111", "Full time"),
    "techjobsnl_ing_b": Seen(
        "Data Engineer", None, "Build data products.", ("Utrecht",), "NLD", "2026-08-09", None,
        "REQ-222", "Full time"),
    "topcv_icanread": Seen(
        "Chuyên viên tư vấn khóa học cho trẻ em (Xoay ca, thu nhập hấp dẫn)", "I Can Read",
        "Mô tả công việc", ("TP. HCM, Hồ Chí Minh",), "Việt Nam", "2019-10-09",
        "2019-11-30T23:59:59+07:00", "17698", "FULL_TIME", {"raw_salary": "7-20 triệu"}),
    "totaljobs_thewhitecompany": Seen(
        "Data Engineer", "The White Company", "Our Story", ("Northampton, Northamptonshire",),
        "GB", "2023-10-02T14:34+01:00", "2023-11-13T15:34+00:00", None,
        "CONTRACTOR, REMOTE_WORKING, VOLUNTEER, FULL_TIME", REMOTE),
    "weworkremotely_a": Seen(
        "DevOps Engineer, Kubernetes, AWS/GCP", "Bluelight Consulting", "DESCRIPTION",
        ("Sacramento, CA",), None, "2020-10-20 20:28:32 UTC", "2020-11-19 20:28:32 UTC",
        "bluelight-consulting-devops-engineer-kubernetes-aws-gcp", "Full-Time", REMOTE),
    "weworkremotely_b_invalid": Seen(
        "Solidity Engineer", "ElevenYellow Pte Ltd", "Who we are:", (), None,
        "2021-01-20 12:47:53 UTC", "2021-02-19 12:47:53 UTC",
        "elevenyellow-pte-ltd-solidity-engineer", "Full-Time", REMOTE),
    "weworkremotely_c_no_image": Seen(
        "Devops Engineer", "Stealth Co", "We are a stealth software company", ("San Francisco",),
        None, "2020-10-20 20:55:07 UTC", "2020-11-19 20:55:07 UTC", "stealth-co-devops-engineer",
        "Full-Time", REMOTE),
    "workatastartup_diode_senior": Seen(
        "Senior Software Engineer", "Diode Computers, Inc.",
        "Diode Computers, Inc. is looking for a senior", ("New York, New York",), "US",
        "2025-05-28T17:29:19Z", None, None, "FULL_TIME", year(140000, 240000)),
    "workatastartup_diode_staff": Seen(
        "Staff Electrical Engineer", "Diode Computers, Inc.",
        "Come build circuit boards, using AI agents.", ("New York, New York",), "US",
        "2025-11-05T19:10:05Z", None, None, "FULL_TIME", year(140000, 200000)),
    "workatastartup_loombotic_software": Seen(
        "Software Engineer", "Loombotic", "About Loombotic",
        ("Toronto, Ontario, CA", "Austin, Texas, US"), None, "2026-06-04T17:04:10Z", None, None,
        "FULL_TIME", year(120000, 185000)),
}  # fmt: skip
# Remote within a long list of countries: read apart, by its ends and its length.
MANY_COUNTRIES = {
    "stackoverflow_b": ("Junior DevOps / Cloud Engineer", 30, "SK", "AT"),
    "stackoverflow_c_remote_multi_location": ("Senior Front-End Engineer", 251, "AO", "AS"),
}
# page -> (number of nodes, the node that says what it is about)
PAGES: dict[str, tuple[int, str | None]] = {
    "abn_amro_two_blocks": (2, "techjobsnl_abn_amro_a"),
    "avalanchefusion_itemlist": (9, "avalanchefusion_itemlist"),
    "habr_career": (1, "habr_career"),
    "juniorguru_listing_5_of_77": (5, "juniorguru_own_site_job"),
    "meta_software_engineer": (1, "meta_software_engineer"),
    "neura_robotics_manager": (1, "neura_robotics_manager"),
    "paylocity_sendcutsend": (1, "paylocity_sendcutsend"),
    "talentbrew_reference": (1, "talentbrew_reference"),
    "talentclue_decathlon_empty_jsonld": (0, None),
    "weworkremotely_invalid": (1, "weworkremotely_b_invalid"),
    "workatastartup_diode_staff": (1, "workatastartup_diode_staff"),
}
ABC = "seeks a full-time mid-level software engineer to develop in-house tools."
MARKED_UP: dict[str, Seen] = {
    "jobbank_gc_ca_rdfa_snippet": Seen(
        "software engineer", "Agile Electromagnetics", "Job description: …", ("Kanata, ON",), None,
        "Posted on July 29, 2026", "2026-08-14", None, "Full time",
        {"salary": Salary(min=90000, currency="CAD")}),
    "schemaorg_eg0028_microdata": Seen(
        "Software Engineer", "ABC Company Inc.", "Description:", ("Kirkland, WA",), None,
        "2011-10-31", None, None, "Full-time", year(100000, 100000, unit=None)),
    "schemaorg_eg0028_rdfa": Seen(
        "Software Engineer", "ABC Company Inc.", "Description:", ("Kirkland, WA",), None,
        "2011-10-31", None, None, "Full-time", year(100000, 100000, unit=None)),
    "successfactors_degiro_1001": Seen(
        "Platform Engineer", "flatexDEGIRO AG", "Build the trading platform.",
        ("Amsterdam, NL, 1096 HA",), None, "Tue Aug 11 00:00:00 UTC 2026"),
    "successfactors_degiro_1002": Seen(
        "Risk Engineer", "flatexDEGIRO AG", "Protect retail investors.",
        ("Amsterdam, NL, 1096 HA",), None, "Wed Aug 12 00:00:00 UTC 2026"),
}  # fmt: skip


def in_a_page(block: str) -> str:
    """A recorded block in a page; where the block holds a raw end of script, it is escaped."""
    safe = block.replace("</script", "<\\/script")
    return f'<html><head><script type="application/ld+json">{safe}</script></head></html>'


def read_by_a_person(said: dict[str, Any], seen: Seen) -> None:
    assert said["title"] == seen.title
    assert said.get("organization") == seen.organization
    assert tuple(said.get("raw_location", ())) == seen.places
    assert said.get("raw_country") == seen.country
    assert said.get("raw_date_posted") == seen.posted
    assert said.get("raw_valid_through") == seen.through
    assert said.get("requisition_id") == seen.number
    assert said.get("raw_employment_type") == seen.terms
    assert {name: said.get(name) for name in seen.more} == seen.more
    assert ("salary" in said) == ("salary" in seen.more)
    assert ("raw_workplace" in said) == ("raw_workplace" in seen.more)
    description = said.get("description_html")
    if seen.start is None:
        assert description is None
    else:
        before, found, _ = description.partition(seen.start)
        assert found, description[:200]
        assert "".join(part.rpartition("<")[0] for part in before.split(">")).strip() == ""


@pytest.mark.parametrize("name", NODES)
def test_a_recorded_node(name: str) -> None:
    said = structured_data(in_a_page(sample(f"jsonld/{name}.json")), HERE)
    assert said.unreadable == 0
    read_by_a_person(fields_of(said.postings[0], HERE), NODES[name])


@pytest.mark.parametrize("name", MANY_COUNTRIES)
def test_a_node_with_a_long_list_of_countries(name: str) -> None:
    title, count, first, last = MANY_COUNTRIES[name]
    (node,) = job_postings(in_a_page(sample(f"jsonld/{name}.json")), HERE)
    said = fields_of(node, HERE)
    assert (said["title"], said["raw_workplace"]) == (title, "TELECOMMUTE")
    assert len(said["raw_location"]) == count
    assert (said["raw_location"][0], said["raw_location"][-1]) == (first, last)
    assert "raw_country" not in said


@pytest.mark.parametrize("name", PAGES)
def test_a_recorded_page(name: str) -> None:
    count, about = PAGES[name]
    said = structured_data(sample(f"jsonld/pages/{name}.html"), HERE)
    assert (len(said.postings), said.unreadable) == (count, 0)
    node = node_for(said.postings, url=HERE)
    if about is None:
        assert node is None
    else:
        assert node is not None
        read_by_a_person(fields_of(node, HERE), NODES[about])


@pytest.mark.parametrize("name", MARKED_UP)
def test_a_recorded_page_with_microdata_or_rdfa(name: str) -> None:
    (node,) = job_postings(sample(f"rdfa_microdata/{name}.html"), HERE)
    said = fields_of(node, HERE)
    read_by_a_person(said, MARKED_UP[name])
    if "eg0028" in name:
        assert ABC in " ".join(said["description_html"].split())


def test_titles_of_a_list_page() -> None:
    nodes = job_postings(sample("jsonld/pages/avalanchefusion_itemlist.html"), HERE)
    assert [fields_of(node, HERE)["title"] for node in nodes] == [
        "Radiation Safety Officer (FusionWERX)",
        "Experimental Plasma Scientist",
        "Integration & Test Systems Engineer",
        "Integration & Test Manager",
        "Technical Subcontracts & Supplier Lead",
        "Financial Operations Manager",
        "Human Resources Generalist",
        "High Voltage Engineer",
        "Mechanical Engineer",
    ]


def test_nodes_of_a_list_each_with_its_own_address() -> None:
    nodes = job_postings(in_a_page(sample("jsonld/shape_djinni.json")), "https://djinni.co/jobs/")
    said = [fields_of(node, "https://djinni.co/jobs/") for node in nodes]
    assert [(s["title"], s["url"], s.get("organization")) for s in said] == [
        ("Senior Backend Go Engineer",
         "https://djinni.co/jobs/837549-senior-backend-go-engineer/", "Acme"),
        ("Recruiter", "https://djinni.co/jobs/837547-recruiter/", "Beta"),
        ("Orphan role", "https://djinni.co/jobs/1-orphan/", None),
    ]  # fmt: skip


# malformed_cases.json: what the first posting of each case says, as a person reads it.
RESCUED: dict[str, dict[str, Any]] = {
    "trailing_comma": {"title": "A"},
    "line_comment": {"title": "A"},
    "raw_newline_in_string": {"description_html": "<p>a\nb</p>"},
    "raw_tab_in_string": {"description_html": "a\tb"},
    "js_cdata": {"title": "A"},
    "entity_encoded": {"title": "R&D Engineer"},
    "bad_escape_dollar": {"description_html": "$106490 to $177476"},
    "bad_escape_underscore": {"description_html": "¯_(ツ)_/¯"},
    "missing_comma": {"raw_date_posted": "2026-08-15", "organization": "OFI"},
    "double_escaped_line_break": {"description_html": "<p>a</p>\n\n<p>b</p>"},
    "pascal_case_keys": {
        "title": "A", "description_html": "<p>b</p>", "raw_date_posted": "2026-01-01",
        "organization": "IATA", "raw_location": ["Geneva"],
    },
    "graph": {"title": "A", "organization": "Acme"},
    "type_list": {"title": "A"},
    "type_full_url": {"title": "A"},
    "top_level_array": {"title": "A"},
    "null_title": {"organization": "Lewis Drug"},
    "two_objects": {"title": "A"},
    "trailing_semicolon": {"title": "A"},
    "bom": {"title": "A"},
    "escaped_script_end": {"description_html": "<script>alert(1)</script><p>x</p>"},
    "unpadded_date": {"title": "A", "raw_date_posted": "2026-7-7"},
    "address_string": {"title": "A", "raw_location": ["Brno"]},
    "location_string": {"title": "A", "raw_location": ["London"]},
    "anywhere_placeholders": {"title": "A", **REMOTE},
    "unavailable_placeholders": {"title": "A", "raw_location": ["VA"], "raw_country": "US"},
    "postcode_as_city": {"title": "A", "raw_location": ["CZ"], "raw_country": "CZ"},
    # One place alone: nothing tells that its address is the wrong half.
    "wrong_address_right_name": {"title": "A", "raw_location": ["Sunnyvale, CA"]},
    "employment_type_comma": {
        "title": "A", "raw_employment_type": "FULL_TIME, PART_TIME, Permanent",
    },
    "employment_type_list_foreign": {
        "title": "A", "raw_employment_type": "CONTRACTOR, REMOTE_WORKING, FULL_TIME",
    },
    "salary_text": {"title": "A", "raw_salary": "£34,304 to £42,149 per annum, Grade 7"},
    "salary_empty_strings": {"title": "A"},
    "salary_scalar_unitcode": {
        "title": "A", "raw_salary": "USD 55000 ANN",
        "salary": Salary(min=55000, max=55000, currency="USD", unit="YEAR"),
    },
}  # fmt: skip
HOLDS_NOTHING = {"empty_element", "null_block"}


def test_every_malformed_case_is_rescued() -> None:
    cases = {
        case["name"]: case["script_text"] for case in sample_json("jsonld/malformed_cases.json")
    }
    assert set(cases) == {*RESCUED, *HOLDS_NOTHING}
    for name, expected in RESCUED.items():
        (node,) = job_postings(in_a_page(cases[name]), HERE)
        said = {key: value for key, value in fields_of(node, HERE).items() if key != "url"}
        assert said == expected, name
    for name in HOLDS_NOTHING:
        assert read_json_ld(cases[name]) == []


def test_recorded_list_pages_go_through_the_engine(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of nodes: one has a page on the site itself, four lead to other people's sites."""
    result = crawl(
        tmp_path,
        monkeypatch,
        "jsonld",
        {
            "id": "guru",
            "employer": "junior.guru",
            "url": "https://junior.guru/jobs/",
            "params": {
                "listing": "https://junior.guru/jobs/",
                "posting_pattern": "/jobs/[0-9a-f]{56}",
            },
        },
        [("GET https://junior.guru/jobs/", "jsonld/pages/juniorguru_listing_5_of_77.html")],
    )
    assert result.verdict.outcome == "ok"
    assert "4 rows were no posting" in result.verdict.reason
    (posting,) = result.postings
    assert posting.native_id == "jobs/d66feb3de0c8367cc6ca82f3d7448eff19524e25edfd5c3a0b238cc2"
    assert posting.organization == "Red Hat"
    assert posting.raw_location == ["Brno"]


WHOLE = [
    ("https://jobs.neura-robotics.com/offer/manager-ecosystem-integration-certi/00df0928-b013-448c",
     "neura_robotics_manager"),
    ("https://recruiting.paylocity.com/recruiting/jobs/Details/4272751/SendCutSend-Inc/Technician",
     "paylocity_sendcutsend"),
    ("https://www.workatastartup.com/jobs/UAUsCJS", "workatastartup_diode_staff"),
    ("https://www.metacareers.com/jobs/1436181490732782", "meta_software_engineer"),
    ("https://weworkremotely.com/remote-jobs/elevenyellow-pte-ltd-solidity-engineer",
     "weworkremotely_invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "page"), WHOLE)
def test_recorded_detail_pages_go_through_the_engine(
    url: str, page: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = url.split("/")[2]
    listing = f"https://{host}/sitemap.xml"
    sitemap = f"<urlset><url><loc>{url}</loc></url><url><loc>https://{host}/</loc></url></urlset>"
    params = {"listing": listing, "posting_pattern": "https://[^/]+/.+"}
    result = crawl(
        tmp_path,
        monkeypatch,
        "jsonld",
        {"id": "site", "employer": "The site", "url": f"https://{host}/", "params": params},
        [
            (f"GET {listing}", sitemap, {"headers": {"Content-Type": "text/xml"}}),
            (f"GET {url}", f"jsonld/pages/{page}.html"),
        ],
    )
    assert (result.verdict.outcome, result.report.listed) == ("ok", 1)
    seen = NODES[PAGES[page][1] or ""]
    (posting,) = result.postings
    assert (posting.title, posting.organization) == (seen.title, seen.organization)
    assert tuple(posting.raw_location) == seen.places
    assert posting.raw_date_posted == seen.posted


def test_every_recorded_file_is_read_or_skipped_with_a_reason() -> None:
    read = {f"{name}.json" for name in (*NODES, *MANY_COUNTRIES)} | {"malformed_cases.json"}
    read |= {f"pages/{name}.html" for name in PAGES}
    assert read | set(SKIPPED) == sample_files("jsonld")
    assert {f"{name}.html" for name in MARKED_UP} == sample_files("rdfa_microdata")
