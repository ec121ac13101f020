"""The structured-data reader: what sites write instead of JSON, and what their nodes mean."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.json_ld import read_json_ld
from crawler.posting import Salary
from crawler.structured_data import (
    fields_of,
    job_postings,
    node_for,
    own_url,
    structured_data,
)
from crawler.structured_data import read_json_ld as exported

HERE = "https://www.fernwood.example/jobs/31"
START = '"@type":"JobPosting"'


def page(*blocks: str, type: str = "application/ld+json") -> str:
    scripts = "".join(f'<script type="{type}">{block}</script>' for block in blocks)
    return f"<!DOCTYPE html><html><head>{scripts}</head><body><h1>Jobs</h1></body></html>"


def fields(**node: Any) -> dict[str, Any]:
    return fields_of({"@type": "JobPosting", **node}, HERE)


# --- the ladder ----------------------------------------------------------------------------------

MALFORMED: dict[str, tuple[str, list[Any]]] = {
    "nothing": ("  \n", []),
    "null": ("null", []),
    "trailing comma": ('{"a": [1, 2,], "b": "x,}",}', [{"a": [1, 2], "b": "x,}"}]),
    "line comment": ('// c\n{"a": "http://x", // d\n"b": 1}', [{"a": "http://x", "b": 1}]),
    "block comment": ('{/* the title */"a": "/* kept */",}', [{"a": "/* kept */"}]),
    "raw newline and tab": ('{"a": "<p>1\n2\t3</p>"}', [{"a": "<p>1\n2\t3</p>"}]),
    "CDATA in comments": ('//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
    "CDATA in block comments": ('/*<![CDATA[*/{"a": 1}/*]]>*/', [{"a": 1}]),
    "bare CDATA": ('<![CDATA[{"a": "]]"}]]>', [{"a": "]]"}]),
    "HTML comment": ('<!-- {"a": 1} -->', [{"a": 1}]),
    "byte order mark": ('\ufeff{"a": 1}', [{"a": 1}]),
    "semicolon": ('{"a": 1};', [{"a": 1}]),
    "two objects": ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
    "two objects and a comma": ('{"a": 1},\n{"b": 2},', [{"a": 1}, {"b": 2}]),
    "entities": ("{&quot;a&quot;:&quot;R&amp;D&quot;}", [{"a": "R&D"}]),
    "entities inside strings": ('{"a": "5 &quot;racks&quot;"}', [{"a": "5 &quot;racks&quot;"}]),
    "escaped dollar": (r'{"a": "\$100 to \$200"}', [{"a": "$100 to $200"}]),
    "escaped underscore": (r'{"a": "x\_y\\_z\u00e9"}', [{"a": r"x_y\_zé"}]),
    "escaped end of script": (r'{"a": "<\/script>"}', [{"a": "</script>"}]),
    "forgotten comma": ('{"a": "x"\n"b": {"c": 1}\n"d": true\n"e": 2}',
                        [{"a": "x", "b": {"c": 1}, "d": True, "e": 2}]),
    "comma forgotten after a comment": ('{"a": "x" // y\n"b": 1,}', [{"a": "x", "b": 1}]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "values"), MALFORMED.values(), ids=MALFORMED)
def test_what_the_ladder_rescues(text: str, values: list[Any]) -> None:
    assert read_json_ld(text) == values
    assert exported is read_json_ld


@pytest.mark.parametrize(
    "text",
    [
        "{'a': 1}",
        "{a: 1}",
        '{"a": 1',
        '{"a": "he said "yes" to us"}',
        '{"a": "x" "b" "c": 1}',
        "<p>Not found</p>",
        "[" * 100_000,
        '{"a": "' + "\\" * 99_999,
        '"' + '\\"' * 50_000,
        "{" + "/* " * 50_000,
        '["a" ' * 40_000,
    ],
)
def test_what_it_does_not_guess_at(text: str) -> None:
    with pytest.raises(ValueError, match="no JSON"):
        read_json_ld(text)


# --- the nodes of a page -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "JobPosting", "title": "A"}',
        '{"@type": ["Thing", "JobPosting"], "title": "A"}',
        '{"@type": "https://schema.org/JobPosting", "title": "A"}',
        '{"@type": "schema:JobPosting", "schema:title": "A"}',
        '[{"@type": "Organization", "name": "x"}, {"@type": "JobPosting", "title": "A"}]',
        '{"@graph": [{"@type": "WebPage"}, {"@type": "JobPosting", "Title": "A"}]}',
        '{"mainEntity": {"itemListElement": [{"item": {"@type": "JobPosting", "title": "A"}}]}}',
        '{"@type": "JobPosting", "title": {"@value": "A", "@language": "en"}}',
        '[{"@type": "JobPosting", "@id": "#", "title": "A"}, {"@type": "JobPosting", "@id": "#"}]',
    ],
)
def test_a_node_is_found_wherever_it_is_nested(block: str) -> None:
    (node,) = job_postings(page(block), HERE)
    assert node["title"] == "A"


@pytest.mark.parametrize("type", ["Application/LD+JSON", " application/ld+json; charset=utf-8"])
def test_the_type_of_a_script_element_is_read_generously(type: str) -> None:
    assert len(job_postings(page(f'{{{START},"title":"A"}}', type=type), HERE)) == 1
    assert job_postings(page(f'{{{START},"title":"A"}}', type="text/javascript"), HERE) == []


def test_a_bad_block_costs_nothing_but_itself_and_is_counted() -> None:
    said = structured_data(page("", "{'bad'}", "{worse", f'{{{START},"title":"A"}}'), HERE)
    assert [node["title"] for node in said.postings] == ["A"]
    assert said.unreadable == 2


@pytest.mark.parametrize(
    "text", ["", " ", "no markup", '<?xml version="1.0" encoding="UTF-8"?><x/>']
)
def test_a_page_without_structured_data_has_no_posting(text: str) -> None:
    assert structured_data(text, HERE).postings == []


def test_references_are_resolved_within_the_page_even_across_blocks_and_in_circles() -> None:
    posting = {"@type": "JobPosting", "title": "A", "hiringOrganization": {"@id": "#org"}}
    org = {"@id": "#org", "name": "Fernwood", "department": {"@id": "#dep"}}
    dep = {"@id": "#dep", "name": "Physics", "parentOrganization": {"@id": "#org"}}
    (node,) = job_postings(page(json.dumps(posting), json.dumps([org, dep])), HERE)
    assert fields_of(node, HERE)["organization"] == "Fernwood"
    assert fields_of(node, HERE)["unit"] == "Physics"


MICRODATA = """<html><body itemscope itemtype="https://schema.org/WebPage">
<div itemscope itemtype="http://schema.org/JobPosting"><!-- the vacancy -->
 <h1 itemprop="name title">Data <i>Steward</i></h1>
 <meta itemprop="datePosted" content="Tue Aug 11 00:00:00 UTC 2026">
 <time itemprop="validThrough" datetime="2026-09-01">next month</time>
 <a itemprop="url" href="/jobs/31">permalink</a>
 <div itemprop="description">Care &amp; <b>keep</b>
  <span itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
   <span itemprop="name">Fernwood University</span></span></div>
 <div itemprop="jobLocation" itemscope><div itemprop="address" itemscope>
   <meta itemprop="addressLocality" content="Fernwood"><meta itemprop="title" content="no title">
 </div></div>
 <span itemprop="employmentType">Part time</span> <span itemprop="employmentType">Temporary</span>
</div></body></html>"""


def test_microdata_is_read_where_there_is_no_json_ld() -> None:
    (node,) = job_postings(MICRODATA, HERE)
    said = fields_of(node, HERE)
    description = said.pop("description_html")
    assert description.startswith("Care &amp; <b>keep</b>")
    assert said == {
        "title": "Data Steward",
        "url": HERE,
        "organization": "Fernwood University",
        "raw_location": ["Fernwood"],
        "raw_employment_type": "Part time, Temporary",
        "raw_date_posted": "Tue Aug 11 00:00:00 UTC 2026",
        "raw_valid_through": "2026-09-01",
    }
    both = MICRODATA.replace("<html>", "<html>" + page(f'{{{START},"title":"The JSON-LD"}}'))
    assert [node["title"] for node in job_postings(both, HERE)] == ["The JSON-LD"]


RDFA = """<html><body vocab="http://schema.org/" typeof="JobPosting">
<h1 property="name"><span property="title">storage engineer</span></h1>
<b property="hiringOrganization" typeof="Organization"><b property="name">Quantenhof</b></b>
<p property="joblocation" typeof="Place"><span property="address" typeof="PostalAddress">
  <i property="addressLocality">Moncton</i>, <i property="addressRegion">NB</i></span></p>
<p property="baseSalary" typeof="MonetaryAmount"><span property="value" typeof="QuantitativeValue">
  <b property="currency" content="CAD">$</b><b property="minValue" content="81,000">81k</b>
 </span></p>
</body></html>"""


def test_rdfa_is_read_with_the_oddities_of_a_national_job_bank() -> None:
    (node,) = job_postings(RDFA, HERE)
    said = fields_of(node, HERE)
    assert (said["title"], said["organization"]) == ("storage engineer", "Quantenhof")
    assert said["raw_location"] == ["Moncton, NB"]
    assert said["salary"] == Salary(min=81000, currency="CAD")


def test_the_node_of_a_page_is_the_one_with_its_address_or_number() -> None:
    other = {"title": "Other", "description": "x", "url": "/jobs/30", "identifier": 30}
    bare = {"title": "Bare"}
    mine = {"title": "Mine", "url": f"{HERE}/"}
    numbered = {"title": "Numbered", "identifier": {"value": "R-31"}}
    assert node_for([other, mine], url=HERE) is mine
    assert node_for([other, numbered], native_id="R-31", url=HERE) is numbered
    assert node_for([bare, other], url=HERE) is other
    assert node_for([bare], url=HERE) is bare
    assert node_for([], url=HERE) is None


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://fernwood.example/jobs/32", "https://fernwood.example/jobs/32"),
        ("/jobs/33?id=4", "https://www.fernwood.example/jobs/33?id=4"),
        ("#slug", f"{HERE}#slug"),
        ("https://www.fernwood.example/", None),  # the employer's home page
        ("https://elsewhere.example/jobs/32", None),
        ("http://Stealth co", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_a_nodes_own_address_is_one_of_its_site(url: str | None, own: str | None) -> None:
    assert own_url({"url": url}, HERE) == own
    assert fields(title="A", url=url)["url"] == (own or HERE)


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("R&amp;D  Engineer ", "R&D Engineer"),
        ("C&amp;amp;C++", "C&C++"),
        (None, None),
        (["", "Second"], "Second"),
    ],
)
def test_titles(title: Any, said: str | None) -> None:
    assert fields(title=title).get("title") == said


@pytest.mark.parametrize(
    ("description", "html"),
    [
        ("<p>a &lt; b</p>", "<p>a &lt; b</p>"),
        ("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "<p>a &amp; b</p>"),
        ("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;", "<p>a</p>"),
        ("<p>a</p>&amp;#xa;&#10;<p>b</p>", "<p>a</p>\n\n<p>b</p>"),
        (r" \n\n<b>a</b>\r\n<p>b</p>", "<b>a</b>\n<p>b</p>"),
        ("Plain.\n\nMore &amp; more.", "Plain.\n\nMore &amp; more."),
        (["<p>a</p>", "<p>b</p>"], "<p>a</p>\n<p>b</p>"),
        (None, None),
        ({"@type": "Thing"}, None),
    ],
)
def test_descriptions(description: Any, html: str | None) -> None:
    assert fields(description=description).get("description_html") == html


def place(name: str | None = None, **address: Any) -> dict[str, Any]:
    return {"@type": "Place", "name": name, "address": {"@type": "PostalAddress", **address}}


def at(city: str | None, region: str | None = None, country: Any = None, **more: Any) -> Any:
    return place(addressLocality=city, addressRegion=region, addressCountry=country, **more)


@pytest.mark.parametrize(
    ("locations", "texts", "country"),
    [
        ("London", ["London"], None),
        ({"@type": "Place", "address": "Brno"}, ["Brno"], None),
        ({"@type": "Place", "name": "Port Ellery"}, ["Port Ellery"], None),
        (at("Seattle", "WA", "US"), ["Seattle, WA"], "US"),
        (at("New York", "New York", {"@type": "Country", "name": ["USA", "USA"]}),
         ["New York, New York"], "USA"),
        ([at("Oslo", None, "NO"), at("Turku", None, "FI")], ["Oslo, NO", "Turku, FI"], None),
        ([at("Oslo", None, "NO"), at("Oslo", None, "NO")], ["Oslo"], "NO"),
        ([at(None, None, "NO"), at(None, None, "FI")], ["NO", "FI"], None),
        (at(None, None, "CZ"), ["CZ"], "CZ"),
        (at("UNAVAILABLE", "VA", "US"), ["VA"], "US"),
        (at("Anywhere", "Anywhere", "Anywhere"), None, None),
        (at("15000", None, "CZ", postalCode=15000), ["CZ"], "CZ"),
        (at("Leipzig", "-", "DE"), ["Leipzig"], "DE"),
        (at("Fernwood University"), None, None),  # the employer in place of a town
        (place(streetAddress="Amsterdam, NL, 1096 HA"), ["Amsterdam, NL, 1096 HA"], None),
        ([place("Bellevue", addressLocality="Hull"), place("Austin", addressLocality="Hull")],
         ["Bellevue", "Austin"], None),
        ([place("Bellevue", addressLocality="Hull"), place("Austin", addressLocality="York")],
         ["Hull", "York"], None),
    ],
)  # fmt: skip
def test_places(locations: Any, texts: list[str] | None, country: str | None) -> None:
    said = fields(jobLocation=locations, hiringOrganization="Fernwood University")
    assert said.get("raw_location") == texts
    assert said.get("raw_country") == country


def test_without_a_place_it_counts_from_where_one_may_apply() -> None:
    norway = {"@type": "Country", "name": "Norway"}
    said = fields(jobLocationType="TELECOMMUTE", applicantLocationRequirements=norway)
    assert (said["raw_location"], said["raw_country"]) == (["Norway"], "Norway")
    assert said["raw_workplace"] == "TELECOMMUTE"
    office = fields(jobLocation=at("Bergen", None, "NO"), applicantLocationRequirements=norway)
    assert office["raw_location"] == ["Bergen"]


@pytest.mark.parametrize(
    ("pay", "raw", "salary"),
    [
        ({"currency": "GBP",
          "value": {"minValue": 41000, "maxValue": "46,500", "unitText": "YEAR"}},
         "GBP 41000-46,500 YEAR", Salary(min=41000, max=46500, currency="GBP", unit="YEAR")),
        ({"currency": "usd", "value": "55000", "unitCode": "ANN"},
         "USD 55000 ANN", Salary(min=55000, max=55000, currency="USD", unit="YEAR")),
        ({"currency": "EUR", "value": {"value": 25.5, "unitText": "HOUR"}},
         "EUR 25.5 HOUR", Salary(min=25.5, max=25.5, currency="EUR", unit="HOUR")),
        ({"currency": "USD", "value": {"minValue": 90000, "maxValue": 80000}},
         "USD 90000-80000", Salary(min=80000, max=90000, currency="USD")),
        ({"currency": "USD", "value": {"maxValue": 80000, "unitText": "YEAR"}},
         "USD 80000 YEAR", Salary(max=80000, currency="USD", unit="YEAR")),
        ({"currency": "USD", "value": {"minValue": 80000, "unitText": "per annum"}},
         "USD 80000 per annum", Salary(min=80000, currency="USD")),
        ({"currency": "GBP", "value": "£34,304 to £42,149"}, "£34,304 to £42,149", None),
        ({"currency": "VND", "value": {"minValue": "7 triệu"}}, "7 triệu", None),
        ({"currency": "$", "value": 50000}, "$ 50000", None),
        ("£13.65/hour", "£13.65/hour", None),
        ({"currency": "", "value": {"minValue": "", "maxValue": "", "unitText": ""}}, None, None),
        ({"minValue": 0.0, "maxValue": 0.0}, None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_pay(pay: Any, raw: str | None, salary: Salary | None) -> None:
    said = fields(baseSalary=pay)
    assert (said.get("raw_salary"), said.get("salary")) == (raw, salary)


def test_pay_may_have_its_currency_beside_it_and_is_never_a_statistic() -> None:
    said = fields(baseSalary="100000", salaryCurrency="USD")
    assert said["salary"] == Salary(min=100000, max=100000, currency="USD")
    assert "salary" not in fields(estimatedSalary={"currency": "USD", "median": 12, "value": 12})


@pytest.mark.parametrize(
    ("identifier", "number"),
    [
        ({"@type": "PropertyValue", "name": "Fernwood", "value": "R-7"}, "R-7"),
        ({"name": "Fernwood", "value": 8126512}, "8126512"),
        ("JR-0000121763", "JR-0000121763"),
        (837549, "837549"),
        ([{"value": None}, "R-8"], "R-8"),
        ({"name": "Fernwood", "value": None}, None),
        ("https://fernwood.example/jobs/31", None),
    ],
)
def test_requisition_numbers(identifier: Any, number: str | None) -> None:
    assert fields(identifier=identifier).get("requisition_id") == number


def test_contract_words_stay_the_sites_own() -> None:
    assert fields(employmentType="Full Time, Permanent")["raw_employment_type"] == (
        "Full Time, Permanent"
    )
    several = ["CONTRACTOR", "REMOTE_WORKING", "FULL_TIME", "CONTRACTOR"]
    assert fields(employmentType=several)["raw_employment_type"] == (
        "CONTRACTOR, REMOTE_WORKING, FULL_TIME"
    )


def test_the_employer_and_its_unit() -> None:
    assert fields(hiringOrganization=" Fernwood ")["organization"] == "Fernwood"
    said = fields(hiringOrganization={"name": "Fernwood"}, employmentUnit={"name": "ITS"})
    assert (said["organization"], said["unit"]) == ("Fernwood", "ITS")
    assert "organization" not in fields(title="A")
