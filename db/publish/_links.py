"""The link to publish: the employer's own, without tracking, nothing but a web address. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit, urlunsplit

# Names that say where a reader came from on whatever site. What single platforms call their own
# (`lever-source`) was taken off when the posting was stored.
_TRACKING = re.compile(
    r"(?:amp;)?(?:utm_\w+|gclid|gclsrc|fbclid|msclkid|dclid|yclid|twclid|igshid|mc_[ce]id"
    r"|_hs(?:enc|mi)|_gl|_ga|gh_src|trk|trackingId|rx_\w+)(?:=|$)",
    re.IGNORECASE,
)

# They copy what employers advertise elsewhere.
AGGREGATORS = (
    "linkedin", "indeed", "glassdoor", "google", "ziprecruiter", "simplyhired", "lensa", "jobzhq",
    "jooble", "talent", "adzuna", "careerjet", "monster", "jobrapido", "neuvoo", "jobgether",
    "whatjobs", "learn4good", "dice", "builtin",
)  # fmt: skip
# Employers advertise there themselves: better than a copy, second to the employer's own page.
BOARDS = (
    "jobs.ac.uk", "euraxess.ec.europa.eu", "hipeac.net", "academicjobsonline.org", "jobrxiv.org",
    "higheredjobs.com", "chronicle.com", "insidehighered.com", "timeshighereducation.com",
    "nature.com", "newscientist.com", "sciencecareers.org", "careerbeacon.com", "hercjobs.org",
)  # fmt: skip

_OWN, _BOARD, _COPY = range(3)
_SECOND_LEVEL = {"ac", "co", "com", "edu", "gov", "net", "org"}


def web_address(url: str | None) -> str | None:
    """The URL without tracking and with nothing in it that could act; None when it is none.

    Percent-encoded becomes what no URL may hold anyway: blanks, controls, quotes, angle brackets,
    braces, backslashes, backticks, and what turns the direction of a text.
    """
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    if re.search(r"[\s<>\"'`{}\\^]", parts.netloc):
        return None
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.match(pair))
    return "".join(map(_encoded, urlunsplit(parts._replace(query=query))))


def _encoded(character: str) -> str:
    acts = character in ' "<>\\`{}^' or not character.isprintable()
    return quote(character, safe="") if acts else character


def kind(url: str) -> int:
    """0: the employer's own page or system, 1: a board, 2: a copy."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if any(host == board or host.endswith(f".{board}") for board in BOARDS):
        return _BOARD
    labels = host.split(".")
    while len(labels) > 1 and (len(labels[-1]) == 2 or labels[-1] in _SECOND_LEVEL):
        labels.pop()
    if labels[-1] not in AGGREGATORS:
        return _OWN
    # Their own jobs: careers.google.com, careers.linkedin.com.
    return _OWN if "careers" in host.split(".") else _COPY


def employers_url(
    url: str | None, apply_url: str | None = None, others: Iterable[str | None] = ()
) -> str | None:
    """The address to publish of those known for one posting; None when none is a web address.

    `others` are the same posting's pages elsewhere. Where to apply stands for the posting only
    when all else is a copy: it is often a form behind a sign-in.
    """
    own = web_address(url)
    if own and kind(own) == _OWN:
        return own
    known = [own, *map(web_address, others)]
    if own is None or kind(own) == _COPY:
        known.append(web_address(apply_url))
    return min((one for one in known if one), key=kind, default=None)
