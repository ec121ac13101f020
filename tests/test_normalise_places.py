"""Places as sites write them, and the editor's notation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.posting import Place
from pipelines.normalise.places import location_text, parse_places, parse_workplace


def there(
    city: str | None = None, region: str | None = None, country: str | None = None,
    remote: bool = False,
) -> Place:  # fmt: skip
    return Place(city=city, region=region, country=country, remote=remote)


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
        ("Stoke-on-Trent", there("Stoke-on-Trent"), "Stoke-on-Trent"),
        ("Clayton campus", there("Clayton campus"), "Clayton campus"),
        ("Meyrin", there("Meyrin"), "Meyrin"),
        ("London", there("London"), "London"),
        ("Washington", there("Washington"), "Washington"),
        ("United States", there(None, None, "US"), "USA"),
        ("Poland", there(None, None, "PL"), "Poland"),
        ("Virginia", there(None, "VA", "US"), "VA USA"),
        ("Remote", there(remote=True), "Remote"),
        ("Remote US", there(None, None, "US", True), "Remote USA"),
        ("Remote (US)", there(None, None, "US", True), "Remote USA"),
        ("Remote - Australia", there(None, None, "AU", True), "Remote AU"),
        ("Work From Home, United States", there(None, None, "US", True), "Remote USA"),
        ("Boston, MA (Remote)", there("Boston", "MA", "US", True), "Remote Boston MA USA"),
    ],
)
def test_one_place(text: str, place: Place, location: str) -> None:
    assert parse_places([text]) == [place]
    assert location_text([place]) == location


@pytest.mark.parametrize(
    "text",
    ["3 Locations", "5 locations", "+1 more…", "Various", "Multiple Locations", "Main Campus",
     "TBD", "N/A", "UNAVAILABLE", "Anywhere", "Hybrid", "-", "", "CA",
     "https://jobs.example.org/1"],
)  # fmt: skip
def test_no_place(text: str) -> None:
    assert parse_places([text]) == []


@pytest.mark.parametrize(
    ("text", "country", "home", "place"),
    [
        ("Berlin, DE", None, None, there("Berlin", "DE", "US")),
        ("Berlin, DE", None, "DE", there("Berlin", None, "DE")),
        ("Berlin, DE", "Germany", None, there("Berlin", None, "DE")),
        ("Bombay, MH", "IN", None, there("Bombay", "MH", "IN")),
        ("Cambridge", "United Kingdom", None, there("Cambridge", None, "GB")),
        ("Cambridge", None, "GB", there("Cambridge")),
        ("Toronto, Ontario", "CA", None, there("Toronto", "ON", "CA")),
        ("London, England", "US", None, there("London", "England", "US")),
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
        (["New South Wales, Queensland"], "NSW AU or QLD AU"),
        (["Boston, MA", "Boston, Massachusetts"], "Boston MA USA"),
        ([f"Town{n}, UK" for n in "abcdefghi"], "Various UK"),
        (["Boston, MA", *[f"Town{n}, UK" for n in "abcdefgh"]], "Various"),
    ],
)
def test_several_places(texts: list[str], location: str) -> None:
    assert location_text(parse_places(texts)) == location


def test_no_places_no_location() -> None:
    assert location_text([]) is None


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
