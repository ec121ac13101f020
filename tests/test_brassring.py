"""BrassRing: URL forms and their one key, rows and details in odd shapes, the simulated gateway."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.memory import Memory, Remembered
from crawler.patterns import Row
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.simulator.base import Job, SimRequest, SimResponse, Site
from tests.simulator.brassring import BrassRing as SimulatedBrassRing

GATEWAY = "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=29901&siteid=5901"
HANDSHAKE = """<input name="__RequestVerificationToken" value="token-1">
<input id="CookieValue" value="^session"> {}"""


def spider(url: str = GATEWAY, **params: Any) -> Any:
    source = Source(
        id="fernwood", platform="brassring", employer="Fernwood University", url=url, params=params
    )
    return spider_class(source)()


def shaken(page: str = "", **params: Any) -> Any:
    """A spider after its handshake, and the request that follows."""
    one = spider(**params)
    body = HANDSHAKE.format(page).encode()
    (request,) = one._on_gateway(HtmlResponse(GATEWAY, body=body, encoding="utf-8"))
    return one, request


def answer(body: Any) -> TextResponse:
    return TextResponse(
        "https://sjobs.brassring.com/TgNewUI/Search/Ajax/X",
        body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        encoding="utf-8",
    )


def job(**said: str) -> dict[str, Any]:
    said = {"reqid": "700123", "jobtitle": "HPC Engineer", **said}
    questions = [{"QuestionName": name, "Value": value} for name, value in said.items()]
    return {"Link": "https://sjobs.brassring.com/x?jobid=700123", "Questions": questions}


def fields(one: Any, **said: str) -> dict[str, Any]:
    return dict(row(one, **said).fields)


def row(one: Any, **said: str) -> Row:
    (found,) = one.read_listing(answer({"Jobs": {"Job": [job(**said)]}, "JobsCount": 1})).rows
    return found


CANONICAL = (
    "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad"
    "?partnerid=29901&siteid=5901&PageType=JobDetails&jobid=700123"
)


@pytest.mark.parametrize(
    "url",
    [
        CANONICAL,
        f"{CANONICAL}#jobDetails=700123_5901",
        "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad?PageType=JobDetails"
        "&partnerid=29901&siteid=5901&jobId=700123&Codes=LINKEDIN#jobDetails=700123_5901",
        "https://sjobs.brassring.com/tgnewui/search/Home/Home?PartnerId=29901&SiteId=5901"
        "#jobDetails=700123_5901",
        # The employer's number and the platform's: the latter is the key.
        "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad?PageType=JobDetails"
        "&partnerid=29901&siteid=5901&Areq=36580BR#jobDetails=700123_5901",
        "https://sjobs.brassring.com/TGNEWUI/Search/Home/HomeWithPreLoad/?jobid=700123&amp;"
        "partnerid=29901&amp;siteid=5901&amp;PageType=JobDetails",
    ],
)
def test_one_posting_has_one_key_and_one_url(url: str) -> None:
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.key == ("brassring", "29901", "700123")
    assert match.canonical_url == CANONICAL
    assert match.params.site == "5901"


def test_another_gateway_of_the_partner_shows_the_same_posting() -> None:
    entry = Source(id="fernwood", platform="brassring", employer="Fernwood University", url=GATEWAY)
    match = Recogniser([entry]).recognise(CANONICAL.replace("siteid=5901", "siteid=5902"))
    assert match is not None
    assert match.key == ("brassring", "29901", "700123")
    assert match.params.site == "5902"


def test_a_link_by_the_employers_number_has_a_key_that_a_crawl_stores() -> None:
    url = CANONICAL.replace("jobid=700123", "Areq=36580BR")
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.canonical_url == url
    one, _ = shaken()
    page = one.read_listing(answer({"Jobs": {"Job": [job(autoreq="36580BR")]}, "JobsCount": 1}))
    stored = one.posting(
        page.rows[0].native_id, aliases=page.rows[0].aliases, **page.rows[0].fields
    )
    assert match.key in stored.keys


@pytest.mark.parametrize("name", ["__RequestVerificationToken", "CookieValue"])
def test_a_gateway_without_its_tokens_is_named(name: str) -> None:
    body = HANDSHAKE.format("").replace(name, "other").encode()
    with pytest.raises(UnexpectedAnswer, match=name):
        list(spider()._on_gateway(HtmlResponse(GATEWAY, body=body, encoding="utf-8")))


def test_the_tokens_come_back_in_header_and_body() -> None:
    one, request = shaken()
    assert request.method == "POST"
    assert request.headers["RFT"] == b"token-1"
    said = json.loads(request.body)
    assert (said["encryptedSessionValue"], said["pageNumber"]) == ("^session", 1)
    detail = one.detail_request("700123", "")
    assert detail.headers["RFT"] == b"token-1"
    assert json.loads(detail.body)["jobid"] == "700123"
    assert json.loads(detail.body)["jobSiteId"] == "5901"


INPUT = '<input id="searchResults" value="{}">'
SHOWN = (
    "{{&quot;LocationCustomSolrFields&quot;:{places},&quot;JobFieldsToDisplay&quot;:"
    "{{&quot;Position1&quot;:null,&quot;JobTitle&quot;:&quot;jobtitle&quot;,"
    "&quot;Position3&quot;:[&quot;FORMTEXT8&quot;,&quot;formtext9&quot;,&quot;Department&quot;],"
    "&quot;Summary&quot;:&quot;formtext3&quot;}}}}"
)
SAID = {"formtext3": "<p>Run it.</p>", "formtext8": "Delft ", "formtext9": "Netherlands"}


@pytest.mark.parametrize(
    ("page", "place"),
    [
        # What the gateway searches for places, then what it shows under a title, then `location`.
        (
            INPUT.format(SHOWN.format(places="&quot;FORMTEXT9,Location&quot;")),
            "Netherlands, Hall 3",
        ),
        (INPUT.format(SHOWN.format(places="null")), "Delft, Netherlands"),
        ("", "Hall 3"),
    ],
)
def test_places_are_the_fields_that_the_gateway_names(page: str, place: str) -> None:
    one, _ = shaken(page)
    said = fields(one, **SAID, location="Hall 3 ", department="Physics")
    assert said["raw_location"] == [place]
    assert said["unit"] == "Physics"


def test_an_entry_may_name_the_fields_itself() -> None:
    page = INPUT.format(SHOWN.format(places="&quot;FORMTEXT9&quot;"))
    named = {"location": ["Formtext8"], "raw_employment_type": ["formtext1", "formtext2"]}
    one, _ = shaken(page, fields=named)
    said = fields(one, **SAID, formtext1="Part time ", formtext2="Casual")
    assert said["raw_location"] == ["Delft"]
    assert said["raw_employment_type"] == "Part time, Casual"
    assert said["description_html"] == "<p>Run it.</p>"


def test_values_lose_entities_and_odd_blanks() -> None:
    one, _ = shaken()
    said = fields(one, jobtitle="R&amp;D Lead &ndash; \xa0 ", location="\xa0")
    assert said["title"] == "R&D Lead –"
    assert said["raw_location"] == []


def test_an_update_is_a_change_that_the_posting_does_not_show() -> None:
    one, _ = shaken()
    before, after = (row(one, lastupdated=day) for day in ("14-May-2026", "15-May-2026"))
    assert before.stamp != after.stamp
    assert before.fields == after.fields
    assert one.posting("700123", **before.fields).raw_date_posted is None


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"JobsCount": 3}, "'Jobs' is missing"),
        ({"Jobs": {"Job": []}, "JobsCount": "3"}, "'JobsCount' is a str"),
        ({"Jobs": {"Job": ["HPC Engineer"]}, "JobsCount": 1}, "'job' is a str"),
        ({"Jobs": {"Job": [{"Link": "x"}]}, "JobsCount": 1}, "'Questions' is missing"),
        ({"Jobs": {"Job": [{"Link": "x", "Questions": []}]}, "JobsCount": 1}, "'reqid' is missing"),
    ],
)
def test_a_listing_of_unknown_form_is_named(body: Any, complaint: str) -> None:
    one, _ = shaken()
    with pytest.raises(UnexpectedAnswer, match=complaint):
        one.read_listing(answer(body))


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        ("City", "raw_location", ["x"]),
        ("Location City/Town/District", "raw_location", ["x"]),
        ("Work Location", "raw_location", ["x"]),
        ("State/Province", "raw_location", ["x"]),
        ("Country / State", "raw_location", ["x"]),
        ("Location Country", "raw_country", "x"),
        ("Position Type", "raw_employment_type", "x"),
        ("Full-Time/Part-Time", "raw_employment_type", "x"),
        ("Hiring Salary Range", "raw_salary", "x"),
        ("Posting Date", "raw_date_posted", "x"),
        ("Application Deadline", "raw_valid_through", "x"),
        ("Relocation", "raw_location", []),
        ("Country Club Membership", "raw_country", None),
    ],
)
def test_a_detail_is_read_by_its_labels(label: str, field: str, value: Any) -> None:
    question = {"QuestionName": label, "VerityZone": "formtext77", "AnswerValue": "x"}
    service = {"Jobdetails": {"JobDetailQuestions": [question]}}
    said = spider().read_detail(answer({"ServiceResponse": service}))
    assert said.get(field) == value


def test_labels_do_not_overrule_the_entry() -> None:
    question = {"QuestionName": "City", "VerityZone": "formtext77", "AnswerValue": "x"}
    service = {"Jobdetails": {"JobDetailQuestions": [question]}}
    one = spider(fields={"location": ["formtext12"]})
    assert "raw_location" not in one.read_detail(answer({"ServiceResponse": service}))


@pytest.mark.parametrize(
    ("response", "closed"),
    [
        (answer({"ServiceResponse": {"Jobdetails": None}}), True),
        (answer({"ServiceResponse": {"Jobdetails": None}}).replace(status=500), False),
        (answer(b"").replace(status=404), True),
        (answer(b"").replace(status=410), True),
        (answer(b"").replace(status=403), False),
        (answer(b"<html>session expired</html>"), False),
        (answer({"ServiceResponse": {}}), False),
        (answer({"ServiceResponse": None}), False),
        (answer([]), False),
    ],
)
def test_what_closes_a_posting(response: TextResponse, closed: bool) -> None:
    assert bool(spider().closed(response)) is closed


# --- the simulated gateway ------------------------------------------------------------------------


def made(number: int, **said: Any) -> Job:
    given: dict[str, Any] = {
        "title": f"Engineer {number}",
        "unit": "Computing",
        "city": "Delft",
        "region": None,
        "country": "NL",
        "country_name": "Netherlands",
        "employment_type": "FULL_TIME",
        "workplace": "onsite",
        "description_html": "<p>Run the cluster.</p>",
        "posted_on": date(2026, 8, 1),
    }
    return Job(number=number, **{**given, **said})


class Walk:
    """A spider and a simulated gateway that talk to each other, with the cookies of one visit."""

    def __init__(self, jobs: list[Job], **quirks: Any):
        self.site = SimulatedBrassRing(
            Site("fernwood", "Fernwood University", jobs, date(2026, 8, 20), quirks)
        )
        self.spider = spider(self.site.entry()["url"])
        self.cookie = ""

    def ask(self, request: Any, **headers: str) -> SimResponse:
        said = {k.decode().lower(): v[0].decode() for k, v in request.headers.items()}
        sent = SimRequest(
            request.method, request.url, {**said, "cookie": self.cookie, **headers}, request.body
        )
        assert self.site.answers_for(sent.parts)
        answered = self.site.answer(sent)
        assert answered is not None
        self.cookie = answered.headers.get("Set-Cookie", self.cookie)
        return answered

    def response(self, request: Any) -> TextResponse:
        said = self.ask(request)
        body = said.body if isinstance(said.body, str) else json.dumps(said.body)
        return TextResponse(
            request.url, status=said.status, body=body.encode(), encoding="utf-8", request=request
        )

    def listed(self) -> tuple[list[str], int]:
        """The ids of a whole walk, and how many pages it took."""
        (home,) = self.spider.listing()
        queue = list(self.spider._on_gateway(self.response(home)))
        pages = 0
        while queue:
            request = queue.pop(0)
            if request.url.endswith("JobDetails"):
                continue
            pages += 1
            queue += self.spider._on_listing(self.response(request))
        return list(self.spider._seen), pages


@pytest.mark.parametrize(
    ("count", "quirks", "pages"),
    [(3, {}, 1), (50, {}, 1), (120, {}, 3), (120, {"drift": 1, "repeats": 2}, 4), (0, {}, 1)],
)
def test_a_whole_walk_sees_every_row_once(count: int, quirks: dict[str, int], pages: int) -> None:
    walk = Walk([made(number) for number in range(1, count + 1)], **quirks)
    assert walk.listed() == ([str(700000 + n) for n in range(1, count + 1)], pages)
    declared = walk.spider.report.declared_total or 0
    assert declared * (1 - walk.spider.total_slack) <= count


@pytest.mark.parametrize("headers", [{"rft": "stale"}, {"cookie": ""}])
def test_the_simulated_gateway_asks_for_its_tokens(headers: dict[str, str]) -> None:
    walk = Walk([made(1)])
    (home,) = walk.spider.listing()
    (request,) = walk.spider._on_gateway(walk.response(home))
    assert walk.ask(request).status == 200
    assert walk.ask(request, **headers).status == 500


def test_a_detail_of_the_simulated_gateway() -> None:
    gone = made(2, removed=True, closed_said=True)
    walk = Walk([made(1, salary=(50_000, 60_000, "EUR"), closes_on=date(2026, 9, 30)), gone])
    assert walk.listed() == (["700001"], 1)
    response = walk.response(walk.spider.detail_request("700001", ""))
    assert walk.spider.closed(response) is None
    said = walk.spider.read_detail(response)
    assert said["title"] == "Engineer 1"
    assert said["raw_location"] == ["Delft"]
    assert said["raw_country"] == "Netherlands"
    assert said["raw_salary"] == "EUR 50,000 - 60,000 per year"
    assert said["raw_valid_through"] == "30-Sep-2026"
    assert "<p>Run the cluster.</p>" in said["description_html"]
    assert walk.spider.closed(walk.response(walk.spider.detail_request("700002", "")))


def test_an_unchanged_posting_is_not_read_again() -> None:
    walk = Walk([made(1), made(2)])
    (home,) = walk.spider.listing()
    (listing,) = walk.spider._on_gateway(walk.response(home))
    first = list(walk.spider._on_listing(walk.response(listing)))
    marks = {request.cb_kwargs["row"].native_id: request.cb_kwargs["mark"] for request in first}
    night = date(2026, 8, 21)
    known = {
        native_id: Remembered(native_id, "", mark, date(2026, 8, 20), True)
        for native_id, mark in marks.items()
    }
    again = Walk([made(1), made(2, posted_on=date(2026, 8, 3))])
    again.spider.memory = Memory(today=night, postings=known)
    (home,) = again.spider.listing()
    (listing,) = again.spider._on_gateway(again.response(home))
    same, updated = again.spider._on_listing(again.response(listing))
    assert same.sighting
    assert updated.cb_kwargs["row"].native_id == "700002"
