"""Places as sites write them, and the editor's notation."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itemadapter import ItemAdapter

from crawler.posting import Place, Posting
from pipelines.normalise import FieldCount, Reading, count_fields, normalise
from pipelines.normalise.places import (
    location_text,
    parse_places,
    parse_workplace,
    workplace_beside,
)


def there(
    city: str | None = None, region: str | None = None, country: str | None = None,
    remote: bool = False, various: bool = False,
) -> Place:  # fmt: skip
    return Place(city=city, region=region, country=country, remote=remote, various=various)


@pytest.mark.parametrize(
    ("text", "place", "location"),
    [
        ("Boston, MA", there("Boston", "MA", "US"), "Boston MA USA"),
        ("Boston, MA, USA", there("Boston", "MA", "US"), "Boston MA USA"),
        ("Boston, Massachusetts, United States", there("Boston", "MA", "US"), "Boston MA USA"),
        ("Boston MA USA", there("Boston", "MA", "US"), "Boston MA USA"),
        ("San Francisco,  CA", there("San Francisco", "CA", "US"), "San Francisco CA USA"),
        ("CHICAGO, IL, US, 60654-4203", there("Chicago", "IL", "US"), "Chicago IL USA"),
        ("US-TX-Dallas", there("Dallas", "TX", "US"), "Dallas TX USA"),
        ("United States-Utah-Corinne", there("Corinne", "UT", "US"), "Corinne UT USA"),
        ("USA.VA.Reston", there("Reston", "VA", "US"), "Reston VA USA"),
        ("US, CA, Santa Clara", there("Santa Clara", "CA", "US"), "Santa Clara CA USA"),
        ("USA - Pennsylvania - West Point", there("West Point", "PA", "US"), "West Point PA USA"),
        ("DC-Washington", there("Washington", "DC", "US"), "Washington DC USA"),
        ("Washington, D.C.", there("Washington", "DC", "US"), "Washington DC USA"),
        ("VA - Reston", there("Reston", "VA", "US"), "Reston VA USA"),
        ("New York", there("New York", "NY", "US"), "New York NY USA"),
        ("New York, New York", there("New York", "NY", "US"), "New York NY USA"),
        ("St. Louis, MO", there("St. Louis", "MO", "US"), "St Louis MO USA"),
        ("Stanford, CA 94305", there("Stanford", "CA", "US"), "Stanford CA USA"),
        ("123 Main St, Springfield, IL", there("Springfield", "IL", "US"), "Springfield IL USA"),
        ("Princeton, NJ (hybrid)", there("Princeton", "NJ", "US"), "Princeton NJ USA"),
        ("West Lafayette, IN/Hybrid", there("West Lafayette", "IN", "US"), "West Lafayette IN USA"),
        ("Winston-Salem, NC", there("Winston-Salem", "NC", "US"), "Winston-Salem NC USA"),
        ("Atlanta, Georgia", there("Atlanta", "GA", "US"), "Atlanta GA USA"),
        ("Tbilisi, Georgia", there("Tbilisi", None, "GE"), "Tbilisi GE"),
        ("Lebanon, NH", there("Lebanon", "NH", "US"), "Lebanon NH USA"),
        ("Ontario, California", there("Ontario", "CA", "US"), "Ontario CA USA"),
        ("Toronto, ON", there("Toronto", "ON", "CA"), "Toronto ON CA"),
        ("Toronto, ON, CA", there("Toronto", "ON", "CA"), "Toronto ON CA"),
        ("Toronto ON CA", there("Toronto", "ON", "CA"), "Toronto ON CA"),
        ("CA-ON-Toronto", there("Toronto", "ON", "CA"), "Toronto ON CA"),
        ("Saskatoon SK CA", there("Saskatoon", "SK", "CA"), "Saskatoon SK CA"),
        ("BC, CA", there(None, "BC", "CA"), "BC CA"),
        ("St. John's, NL", there("St. John's", "NL", "CA"), "St John's NL CA"),
        ("Leiden, NL", there("Leiden", None, "NL"), "Leiden NL"),
        ("Vancouver, British Columbia", there("Vancouver", "BC", "CA"), "Vancouver BC CA"),
        ("London, UK", there("London", None, "GB"), "London UK"),
        ("London UK", there("London", None, "GB"), "London UK"),
        ("Cardiff, Wales, UK", there("Cardiff", "Wales", "GB"), "Cardiff UK"),
        ("Edinburgh, Scotland", there("Edinburgh", "Scotland", "GB"), "Edinburgh UK"),
        ("Sydney, NSW", there("Sydney", "NSW", "AU"), "Sydney NSW AU"),
        ("Melbourne VIC", there("Melbourne", "VIC", "AU"), "Melbourne VIC AU"),
        ("India - Haryana - Gurgaon", there("Gurgaon", "Haryana", "IN"), "Gurgaon IN"),
        ("Bengaluru, Karnataka, IN", there("Bengaluru", "Karnataka", "IN"), "Bengaluru IN"),
        ("Israel, Yokneam", there("Yokneam", None, "IL"), "Yokneam IL"),
        ("Italy-Rome", there("Rome", None, "IT"), "Rome IT"),
        ("Portugal - Lisbon", there("Lisbon", None, "PT"), "Lisbon PT"),
        ("Zürich, Switzerland", there("Zürich", None, "CH"), "Zürich CH"),
        ("Barcelona ES", there("Barcelona", None, "ES"), "Barcelona ES"),
        ("Gif-sur-Yvette, France", there("Gif-sur-Yvette", None, "FR"), "Gif-sur-Yvette FR"),
        ("Stoke-on-Trent", there("Stoke-on-Trent", None, "GB"), "Stoke-on-Trent UK"),
        ("Clayton campus", there("Clayton"), "Clayton"),
        ("Nether Fernby", there("Nether Fernby"), "Nether Fernby"),
        ("Washington", there("Washington"), "Washington"),
        ("DE-Berlin", there("Berlin", None, "DE"), "Berlin DE"),
        ("IND-Bangalore", there("Bangalore", None, "IN"), "Bangalore IN"),
        ("IN-Indianapolis", there("Indianapolis", "IN", "US"), "Indianapolis IN USA"),
        ('["Italy-Rome"]', there("Rome", None, "IT"), "Rome IT"),
        (
            "Los Gatos,California,United States of America",
            there("Los Gatos", "CA", "US"),
            "Los Gatos CA USA",
        ),
        ("New Orleans, LA USA 70112", there("New Orleans", "LA", "US"), "New Orleans LA USA"),
        ("Amsterdam, NL, 1096 HA", there("Amsterdam", None, "NL"), "Amsterdam NL"),
        ("Brampton, ON l6p 2k7", there("Brampton", "ON", "CA"), "Brampton ON CA"),
        ("Lakeby, SK S7T0B5", there("Lakeby", "SK", "CA"), "Lakeby SK CA"),
        ("London, -, United Kingdom", there("London", None, "GB"), "London UK"),
        (
            "City of London, London, England, United Kingdom",
            there("London", "England", "GB"),
            "London UK",
        ),
        ("London, Greater London", there("London", "Greater London", "GB"), "London UK"),
        ("Halifax, West Yorkshire", there("Halifax", "West Yorkshire", "GB"), "Halifax UK"),
        ("Cambridge, Middlesex County, MA", there("Cambridge", "MA", "US"), "Cambridge MA USA"),
        ("Town of Framingham, MA", there("Framingham", "MA", "US"), "Framingham MA USA"),
        ("Hailey, United States - Idaho", there("Hailey", "ID", "US"), "Hailey ID USA"),
        ("Chennai, Tamil Nadu", there("Chennai", "Tamil Nadu", "IN"), "Chennai IN"),
        ("CERN, Geneva, Switzerland", there("Geneva", None, "CH"), "Geneva CH"),
        ("Columbia University, New York, NY", there("New York", "NY", "US"), "New York NY USA"),
        ("University of Fernby, United Kingdom", there(None, None, "GB"), "UK"),
        ("UC San Diego", there("San Diego", "CA", "US"), "San Diego CA USA"),
        ("Issaquah (Seattle), WA", there("Issaquah", "WA", "US"), "Issaquah WA USA"),
        ("Vancouver, Canada", there("Vancouver", "BC", "CA"), "Vancouver BC CA"),
        ("Chapel Hill North Carolina", there("Chapel Hill", "NC", "US"), "Chapel Hill NC USA"),
        ("Trinidad and Tobago", there(None, None, "TT"), "Trinidad and Tobago"),
        ("Europe", there(None, "Europe"), "Europe"),
        ("Warwick/UK", there("Warwick", None, "GB"), "Warwick UK"),
        ("India, Multiple Locations", there(None, None, "IN", various=True), "Various IN"),
        ("Various cities (US)", there(None, None, "US", various=True), "Various USA"),
        ("Multiple Locations", there(various=True), "Various"),
        ("United States", there(None, None, "US"), "USA"),
        ("Poland", there(None, None, "PL"), "Poland"),
        ("Virginia", there(None, "VA", "US"), "VA USA"),
        ("Remote", there(remote=True), "Remote"),
        ("Remote US", there(None, None, "US", True), "Remote USA"),
        ("Remote (US)", there(None, None, "US", True), "Remote USA"),
        ("Remote - Australia", there(None, None, "AU", True), "Remote AU"),
        ("Work From Home, United States", there(None, None, "US", True), "Remote USA"),
        ("Remote (United States)", there(None, None, "US", True), "Remote USA"),
        ("Remote in North America time zones", there(remote=True), "Remote"),
        ("Remote within EU", there(None, "EU", None, True), "Remote EU"),
        ("Remote, CA", there(remote=True), "Remote"),
        ("US, CA, Remote", there(None, "CA", "US", True), "Remote CA USA"),
        ("Boston, MA (Remote)", there("Boston", "MA", "US", True), "Remote Boston MA USA"),
    ],
)
def test_one_place(text: str, place: Place, location: str) -> None:
    assert parse_places([text]) == [place]
    assert location_text([place]) == location


@pytest.mark.parametrize(
    "text",
    ["3 Locations", "5 locations", "+1 more…", "Main Campus", "TBD", "N/A", "UNAVAILABLE",
     "Anywhere", "Hybrid", "-", "", "CA", "DE (hybrid)", "Georgia", "https://jobs.example.org/1",
     "jobs@example.org", "123 Main Street", "8010, street", "Department of Physics",
     "Fernby University", "LabCORP", "you will report to the head of computing", "see description",
     "x" * 2_000_000],
)  # fmt: skip
def test_no_place(text: str) -> None:
    assert parse_places([text]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A code is what the city beside it says, where that is known.
        ("Munich DE", ("Munich", None, "DE")), ("Newark DE", ("Newark", "DE", "US")),
        ("Toronto CA", ("Toronto", "ON", "CA")), ("San Diego CA", ("San Diego", "CA", "US")),
        ("Rotterdam NL", ("Rotterdam", None, "NL")), ("St John's NL", ("St John's", "NL", "CA")),
        ("Bratislava, SK", ("Bratislava", None, "SK")), ("Regina, SK", ("Regina", "SK", "CA")),
        ("Perth, WA", ("Perth", "WA", "AU")), ("Seattle, WA", ("Seattle", "WA", "US")),
        ("Darwin, NT", ("Darwin", "NT", "AU")), ("Yellowknife, NT", ("Yellowknife", "NT", "CA")),
        ("Adelaide, SA", ("Adelaide", "SA", "AU")), ("Gary, IN", ("Gary", "IN", "US")),
        ("Pune, IN", ("Pune", None, "IN")), ("Atlanta, GA", ("Atlanta", "GA", "US")),
        ("Paris TX", ("Paris", "TX", "US")), ("Cambridge ON", ("Cambridge", "ON", "CA")),
        ("London, ON", ("London", "ON", "CA")), ("Victoria, BC", ("Victoria", "BC", "CA")),
        ("Melbourne, Victoria", ("Melbourne", "VIC", "AU")),
        ("Bombay, MH", ("Bombay", "MH", "IN")), ("Brazil, IN", ("Brazil", "IN", "US")),
        ("NORTH FERNBY, Illinois", ("North Fernby", "IL", "US")),
        # Unknown towns: a state of the US, if it may be one; else nothing where two are left.
        ("Nether Fernby, WA", ("Nether Fernby", "WA", "US")),
        ("Nether Fernby, NT", ("Nether Fernby", "NT", None)),
        # A name alone is the city that is far larger than the next of that name, or nobody's.
        ("London", ("London", None, "GB")), ("Paris", ("Paris", None, "FR")),
        ("Boston", ("Boston", "MA", "US")), ("Cambridge", ("Cambridge", None, None)),
        ("Columbia", ("Columbia", None, None)), ("Rochester", ("Rochester", None, None)),
        # Spellings that were broken on the way.
        ("GÃ¶ttingen, Germany", ("Göttingen", None, "DE")),
        ("🎉 Berlin 🎉", ("Berlin", None, "DE")),
        ("Boston,\u200b MA", ("Boston", "MA", "US")), ("LONDON", ("London", None, "GB")),
        ("Z&uuml;rich, Switzerland", ("Zürich", None, "CH")),
    ],
)  # fmt: skip
def test_what_is_ambiguous(text: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert parse_places([text]) == [there(*expected)]


@pytest.mark.parametrize(
    ("text", "country", "home", "place"),
    [
        ("Fernby, DE", None, None, there("Fernby", "DE", "US")),
        ("Fernby, DE", None, "DE", there("Fernby", None, "DE")),
        ("Fernby, DE", None, "GB", there("Fernby")),
        ("Remote, CA", None, "US", there(None, "CA", "US", True)),
        ("Remote, CA", None, "CA", there(None, None, "CA", True)),
        ("Birmingham", None, "US", there("Birmingham", "AL", "US")),
        ("London", None, "CA", there("London")),
        ("Multiple Locations", "US", None, there(None, None, "US", various=True)),
        ("Berlin, DE", None, "DE", there("Berlin", None, "DE")),
        ("Berlin, DE", "Germany", None, there("Berlin", None, "DE")),
        ("Bombay, MH", "IN", None, there("Bombay", "MH", "IN")),
        ("Cambridge", "United Kingdom", None, there("Cambridge", None, "GB")),
        ("Cambridge", None, "GB", there("Cambridge", None, "GB")),
        ("Toronto, Ontario", "CA", None, there("Toronto", "ON", "CA")),
        # A region's full name, or the code after a city of it, is better evidence than the country
        # that is stated apart; an ambiguous code is not.
        ("Boston, MA", "GB", None, there("Boston", "MA", "US")),
        ("Munich, DE", "US", None, there("Munich", None, "DE")),
        ("Chennai, TN", "IN", None, there("Chennai", "TN", "IN")),
        ("Milan, MI", "Italy", None, there("Milan", "MI", "IT")),
        ("Fernby, MA", "GB", None, there("Fernby", "MA", "GB")),
        ("London, England", "US", None, there("London", "England", "GB")),
        ("Remote", "USA", None, there(None, None, "US", True)),
        ("Lyon", "France", None, there("Lyon", None, "FR")),
    ],
)
def test_a_country_stated_apart_and_the_sources_own(
    text: str, country: str | None, home: str | None, place: Place
) -> None:
    assert parse_places([text], country=country, home=home) == [place]


def test_a_country_alone_is_a_place() -> None:
    assert parse_places([], country="DEU") == [there(None, None, "DE")]
    assert parse_places(["3 Locations"], country="Narnia") == []


@pytest.mark.parametrize(
    ("texts", "location"),
    [
        (["Redmond, WA", "Cambridge, MA"], "Redmond WA or Cambridge MA USA"),
        (["Redmond WA or Cambridge MA USA"], "Redmond WA or Cambridge MA USA"),
        (["London, UK", "Leeds, UK"], "London or Leeds UK"),
        (
            ["San Carlos, CA", "San Diego, CA", "Seattle, WA"],
            "San Carlos or San Diego CA or Seattle WA USA",
        ),
        (["Toronto, ON", "Cambridge, MA"], "Toronto ON CA or Cambridge MA USA"),
        (["San Diego, CA", "Remote, USA"], "San Diego CA or Remote USA"),
        (["Rahway, NJ; Boston, MA | London, UK"], "Rahway NJ or Boston MA USA or London UK"),
        (["New South Wales, Queensland"], "NSW or QLD AU"),
        (["CT, ME, IL, CA"], "CT or ME or IL or CA USA"),
        (["Greenbelt, MD, Houston TX, or USA Remote"], "Greenbelt MD or Houston TX or Remote USA"),
        (
            ["Boulder, Austin, New York, London,"],
            "Boulder CO or Austin TX or New York NY USA or London UK",
        ),
        (["San Diego/La Jolla, CA"], "San Diego or La Jolla CA USA"),
        (["Seattle or Portland, OR"], "Seattle WA or Portland OR USA"),
        (["London or Cambridge, MA"], "London UK or Cambridge MA USA"),
        (["Bordeaux, or Grenoble, or Saclay (France)"], "Bordeaux or Grenoble or Saclay FR"),
        (['"Austin, TX", "Cambridge, UK", "Remote"'], "Austin TX USA or Cambridge UK or Remote"),
        (["US-Remote, US-Chicago, US-Texas"], "Remote USA or Chicago IL or TX USA"),
        (["Boston, MA (remote possible)"], "Boston MA USA or Remote"),
        (["Boston, MA (or virtual in US)"], "Boston MA or Remote USA"),
        (["Remote in the US or Canada"], "Remote USA or CA"),
        (["US or Canada (remote)"], "Remote USA or CA"),
        (["Remote (Europe or US)"], "Remote Europe or Remote USA"),
        (["Remote, US citizens only"], "Remote USA"),
        (["Remote with travel to Boston, MA"], "Remote"),
        (["Canada/UK"], "Canada or UK"),
        (["Washington D.C. metro area"], "Washington DC USA"),
        (["Tucson, AZ, USA | La Serena, Chile"], "Tucson AZ USA or La Serena CL"),
        (["Bayamón, Puerto Rico"], "Bayamón PR"),
        (["Rotterdam, South Holland"], "Rotterdam NL"),
        (["Boston, MA", "Boston, Massachusetts"], "Boston MA USA"),
        ([f"Town{n}, UK" for n in "abcdefghi"], "Various UK"),
        (["Boston, MA", *[f"Town{n}, UK" for n in "abcdefgh"]], "Various"),
    ],
)
def test_several_places(texts: list[str], location: str) -> None:
    assert location_text(parse_places(texts)) == location


def test_no_places_no_location() -> None:
    assert location_text([]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Boston MA USA", "Toronto ON CA", "London UK", "Melbourne AU", "Melbourne VIC AU",
        "St John's NL CA", "Zurich CH", "Remote", "Remote USA", "Remote CA", "Remote SK CA",
        "Various USA", "Various BC CA", "Various EU", "Various NL or UK", "Remote Various USA",
        "Remote USA or CA or UK", "Remote ES or PT or DE", "Redmond WA USA or London UK",
        "MD or VA or DC USA", "Montreal QC or Toronto or Waterloo ON or Vancouver BC CA",
        "Santa Clara or Remote CA USA", "Toronto ON or Remote CA", "San Diego CA or Remote USA",
        "Toronto ON CA or Remote CA or USA or UK", "Munich DE", "Princeton NJ", "London", "UK",
        "Israel", "Canada", "QC CA", "Singapore", "Singapore SG", "The Hague NL",
    ],
)  # fmt: skip
def test_the_editors_own_texts_read_literally_come_back(text: str) -> None:
    assert location_text(parse_places([text], complete=False)) == text


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("US Remote", "Remote USA"), ("WFH UK", "Remote UK"), ("various UK", "Various UK"),
        ("Clayton VIC AUS", "Clayton VIC AU"), ("Various USA and Remote", "Various USA or Remote"),
        ("London UK remote", "Remote London UK"),
        ("Remote CA or BR or US", "Remote CA or BR or USA"),
    ],
)  # fmt: skip
def test_slips_of_the_hand_are_mended(slip: str, right: str) -> None:
    assert location_text(parse_places([slip], complete=False)) == right


def test_literally_is_without_what_is_known() -> None:
    assert parse_places(["Princeton NJ"], complete=False) == [there("Princeton", "NJ")]
    assert parse_places(["Princeton NJ"]) == [there("Princeton", "NJ", "US")]
    assert parse_places(["CA"], complete=False) == [there(None, None, "CA")]


@pytest.mark.parametrize(
    ("texts", "workplace"),
    [
        (["Boston, MA"], None), (["Princeton, NJ (hybrid)"], "hybrid"),
        (["Princeton, NJ (in-person, not remote)"], "onsite"), (["Boston, MA (on-site)"], "onsite"),
        (["Remote - US"], "remote"), (["Boston, MA (Remote)"], "remote"),
        (["Boston, MA (remote possible)"], None), (["Boston, MA / Remote"], None),
        (["Remote or Boston, MA"], None), (["Remote eligible"], None),
        (["Remote/Hybrid"], "hybrid"), (["Hybrid (Boston)"], "hybrid"),
        (["London (1 day in the office)"], "hybrid"),
        (["Boston at least two days per week"], "hybrid"), (["Leeds, UK", "Remote, UK"], None),
        (["Miami, FL (in-person, not remote or hybrid)"], "onsite"),
        (["Madison, WI (some remote flexibility)"], "hybrid"), ([], None),
    ],
)  # fmt: skip
def test_the_workplace_beside_a_place(texts: list[str], workplace: str | None) -> None:
    assert workplace_beside(texts) == workplace


def test_what_is_no_place_is_counted() -> None:
    counts: dict[str, FieldCount] = {}
    for raw in (["UNAVAILABLE"], ["Boston, MA (hybrid)"], []):
        item = ItemAdapter(
            Posting(source="s", platform="p", tenant="t", native_id="1", raw_location=raw)
        )
        normalise(item, Reading(today=date(2026, 8, 20)))
        count_fields(item.asdict(), counts)
    assert (counts["places"].present, counts["places"].parsed) == (2, 1)
    assert item["workplace"] is None
    assert counts["workplace"].parsed == 1


@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from([None, "US", "Deutschland"]))
def test_no_text_breaks_it(texts: list[str], country: str | None) -> None:
    location = location_text(parse_places(texts, country=country))
    assert location is None or "," not in location


NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9).map(str.title)


@given(NAMES, st.sampled_from(["NC", "NY", "TX", "WI"]))
def test_the_notation_is_read_back(city: str, state: str) -> None:
    place = there(f"Q{city.lower()}", state, "US")
    assert parse_places([location_text([place]) or ""]) == [place]


@pytest.mark.parametrize(
    ("text", "workplace"),
    [
        ("remote", "remote"), ("Fully Remote", "remote"), ("TELECOMMUTE", "remote"),
        ("Home-based", "remote"), ("hybrid", "hybrid"), ("Hybrid (remote 2 days)", "hybrid"),
        ("partial", "hybrid"), ("on-site", "onsite"), ("ON_SITE", "onsite"), ("Onsite", "onsite"),
        ("In Office", "onsite"), ("Non-remote", "onsite"), ("unspecified", None), ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_workplace(text: str | None, workplace: str | None) -> None:
    assert parse_workplace(text) == workplace
