"""PeopleSoft's pages: their addresses, the grid of a search, its counts, what a posting's page says.

Elements are known by their ids, which PeopleTools makes of record and field names and, in a grid,
`$` and the row's number; quoted or not (ats/peoplesoft.md, "Row fields", "Detail"). Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from parsel import Selector
from scrapy.http import TextResponse

from crawler.answers import one_text
from crawler.errors import UnexpectedAnswer

# The pages with the search and with a posting, by the end of the component's name ("URLs").
SEARCH = {"FL": "HRS_APP_SCHJOB_FL", "JOB": "HRS_APP_SCHJOB", "CE": ""}
POSTING = {"FL": "HRS_APP_JBPST_FL", "JOB": "HRS_APP_JBPST", "CE": "HRS_CE_JOB_DTL"}
# The result grid: what the ids of its cells begin with; they end in $ and the row ("Row fields").
CELLS = {
    "title": "SCH_JOB_TITLE|POSTINGTITLE",
    "id": "(?:HRS_APP_JBSCH_I_)?HRS_JOB_OPENING_ID|JOBNUMBER",
    "place": "LOCATION|HRS_LOCATION_DESCR",
    "unit": "(?:HRS_APP_JBSCH_I_)?HRS_DEPT_DESCR",
    "employer": "HRS_BU_DESCR",
    "opened": "SCH_OPENED|OPENED",
    "closes": "HRS_JO_PST_CLS_DT|HRS_CLS_DT_DESCR",
}
CELL = re.compile(rf"(?:{'|'.join(f'(?P<{n}>{ids})' for n, ids in CELLS.items())})\$(?P<row>\d+)")
BANNERS = ("win0divHRS_SCH_WRK_FLU_HRS_SES_CNTS_MSG", "HRS_SCH_WRK_HRS_SES_CNTS_MSG")
CAPS = (100, 500)
NO_JOBS = re.compile(
    r"\bno (?:(?:matching )?jobs?|(?:job )?(?:openings|postings)|positions)\b"
    r"(?: (?:were|are|is))? (?:currently )?(?:found|available|posted|match)",
    re.IGNORECASE,
)
# A detail: the texts of a posting, its job id and its title ("Detail"; then the classic names).
TEXTS = re.compile(r"(?:HRS_SCH_PSTDSC|HRS_JO_PDSC_VW)_DESCRLONG\$(?P<row>\d+)")
HEADINGS = ("HRS_SCH_WRK_DESCR100${}lbl", "HRS_SCH_PSTDSC_DESCR${}", "HRS_JO_PDSC_VW_DESCR${}")
JOB_ID = ("HRS_SCH_WRK2_HRS_JOB_OPENING_ID", "HRS_JO_WRK_HRS_JOB_OPENING_ID")
TITLE = ("HRS_SCH_WRK2_POSTING_TITLE", "HRS_JO_WRK_POSTING_TITLE")
PLACES = ("HRS_SCH_WRK_HRS_DESCRLONG", "HRS_CE_WRK2_HRS_CE_JO_LCTNS")
TERMS = (
    ("HRS_SCH_WRK_HRS_FULL_PART_TIME", "HRS_CE_WRK2_HRS_FULL_PART_TIME"),
    ("HRS_SCH_WRK_HRS_REG_TEMP", "HRS_CE_WRK2_HRS_REG_TEMP"),
)
PAY = re.compile(r"salary|compensation|pay (?:range|rate)|rate of pay|wage", re.IGNORECASE)
LONGEST_PAY = 300  # characters; a longer section of that name is about benefits too


def address(
    said: Any, site_id: str | None, opening: str = "", seq: str = "1", search: bool = False
) -> str:
    """A page of the component that `said` names: its search, a posting, or the bare component."""
    component = said["component"].upper()
    kind = re.split(r"[._]|SCH", component)[-1]
    page = POSTING[kind] if opening else SEARCH[kind] if search else ""
    query = {
        "Page": page,
        "Action": "U" if page else "",
        "FOCUS": said.get("focus", "Applicant"),
        "SiteId": site_id,
        "JobOpeningId": quote(unquote(opening), safe="/"),
        "PostingSeq": seq if opening else "",
    }
    return (
        f"https://{said['host'].lower()}/psc/{said['site']}/{said['portal']}/{said['node']}"
        f"/c/{component}.GBL?" + "&".join(f"{k}={v}" for k, v in query.items() if v)
    )


def is_xml(response: TextResponse) -> bool:
    return response.text.lstrip().startswith(("<?xml", "<PAGE"))


def page_of(response: TextResponse) -> Selector:
    """The page; an answer in XML holds it in pieces ("Search flow" 4)."""
    if not is_xml(response):
        return response.selector
    pieces = Selector(text=response.text, type="xml").xpath("//FIELD/text()").getall()
    return Selector(text="\n".join(pieces) or " ", type="html")


def words(page: Selector) -> str:
    texts = page.xpath("//text()[not(parent::script or parent::style)]").getall()
    return " ".join(" ".join(texts).split())


def list_button(page: Selector) -> str | None:
    """The button of a splash page that leads to all postings ("Search flow" 2)."""
    found = [
        button
        for button in page.css("[id^='NAV_PB$']")
        if re.fullmatch(r"NAV_PB\$\d+", button.attrib["id"])
    ]
    if not found or page.xpath("//*[starts-with(@id, 'SCH_JOB_TITLE$')]"):
        return None
    named = [button for button in found if re.search(r"\ball\b", one_text(button), re.I)]
    return (named or found)[0].attrib["id"]


def counts(page: Selector) -> tuple[int | None, int | None]:
    """How many postings the page declares, and how many of them the site will show, if it says."""
    banner = next((t for b in BANNERS if (t := one_text(page.css(f"[id^='{b}']")))), "")
    counter = one_text(page.css("[id='win0divHRS_AGNT_RSLT_Irowcnt$0'], span.PSGRIDCOUNTER"))
    numbers = re.findall(r"\d[\d,]*", banner)[:1] + re.findall(r"\d[\d,]*", counter)[-1:]
    if not numbers:
        return None, None
    total = max(int(number.replace(",", "")) for number in numbers)
    said = re.search(r"first (\d[\d,]*)", banner)
    if said and int(said[1].replace(",", "")) < total:
        return total, int(said[1].replace(",", ""))
    return total, total if total in CAPS else None


def grid(page: Selector) -> dict[str, dict[str, str]]:
    """The rows of the list by number, each with what its cells say."""
    rows: dict[str, dict[str, str]] = {}
    for cell in page.xpath("//*[contains(@id, '$')]"):
        found = CELL.fullmatch(cell.attrib["id"])
        if found is None:
            continue
        row = rows.setdefault(found["row"], {})
        (name,) = (name for name in CELLS if found[name])
        row[name] = row.get(name) or one_text(cell)
        if name == "title" and "POSTINGTITLE" in found[0]:
            # A classic table may show the id in a cell without a name.
            cells = [one_text(each) for each in cell.xpath("ancestor::tr[1]/td")]
            numbers = [text for text in cells if re.fullmatch(r"\d{3,8}", text)]
            if len(numbers) == 1:
                row.setdefault("id", numbers[0])
    return rows


def shown_instead_of(opening: str, page: Selector) -> str | None:
    """What this page is instead of the posting, if it is something else of this site ("Closed")."""
    shown = value_of(page, JOB_ID)
    if not page.css("form[name=win0]") or shown == opening:
        return None
    if shown:
        return f"job {shown}"
    if page.xpath("//*[@id=$id]", id=JOB_ID[0]) and not value_of(page, TITLE):
        return "an empty posting"
    if page.css("[id^='HRS_AGNT_RSLT_I$'], [id^='NAV_PB$'], #HRS_SCH_WRK_HRS_SCH_TEXT100"):
        return "the search"
    return None


def detail(page: Selector, where: str) -> dict[str, Any]:
    """Fields of `Posting` from the page of one. Raises UnexpectedAnswer."""
    title, opening = value_of(page, TITLE), value_of(page, JOB_ID)
    if not (title and opening):
        raise UnexpectedAnswer(f"{where}: nothing under `{JOB_ID[0] if title else TITLE[0]}`")
    terms = [value_of(page, names) for names in TERMS]
    texts = list(sections(page))
    pay = (said for name, _, said in texts if PAY.search(name) and len(said) <= LONGEST_PAY)
    return {
        "title": title,
        "requisition_id": opening,
        "unit": value_like(page, "HRS_DEPT"),
        "description_html": "\n".join(
            f"<h3>{escape(name)}</h3>\n{markup}" if name else markup for name, markup, _ in texts
        ),
        "raw_location": [p.strip() for p in value_of(page, PLACES).split(";") if p.strip()],
        "raw_employment_type": ", ".join(term for term in terms if term),
        "raw_date_posted": value_like(page, "OPEN_DT"),
        "raw_valid_through": value_like(page, "HRS_JO_PST_CLS_DT"),
        "raw_salary": next(pay, None),
    }


def value_of(page: Selector, names: tuple[str, ...]) -> str:
    """The first value that an element of one of these names has; texts of postings do not count."""
    for name in names:
        found = page.xpath(
            "//*[@id=$name or starts-with(@id, concat($name, '$'))]"
            "[not(ancestor::*[contains(@id, 'PSTDSC_DESCRLONG$')])]",
            name=name,
        )
        if text := one_text(found):
            return text
    return ""


def value_like(page: Selector, part: str) -> str:
    """The value of an element whose id holds this part: customers put prefixes before it."""
    found = page.xpath(
        "//*[contains(@id, $part)][not(starts-with(@id, 'win0') or contains(@id, 'lbl'))]",
        part=part,
    )
    return one_text(found)


def sections(page: Selector) -> Iterator[tuple[str, str, str]]:
    """Heading, markup and words of each section of a posting's text."""
    for text in page.xpath("//*[contains(@id, '_DESCRLONG$')]"):
        found = TEXTS.fullmatch(text.attrib["id"])
        words = one_text(text)
        if found and words:
            names = [f"[id='{heading.format(found['row'])}']" for heading in HEADINGS]
            heading = one_text(page.css(", ".join(names))) or one_text(
                text.xpath("ancestor::*[contains(@id, 'DSC_row$')][1]//h2")
            )
            yield heading, "".join(text.xpath("node()").getall()).strip(), words
