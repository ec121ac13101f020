"""Why a request brought nothing, in the words of the outcomes."""

from __future__ import annotations

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.errors import FailureKind, Refused, TapeError
from crawler.report import FetchFailure


def kind_of_status(status: int) -> FailureKind:
    """What an HTTP status other than success says of the site, not of a posting.

    422 is what a Workday host answers for a tenant that lives elsewhere (ats/workday.md).
    """
    if status in (401, 403, 429):
        return "blocked"
    if status in (404, 410, 422):
        return "not_found"
    return "unreachable"


def fetch_failure(failure: Failure) -> FetchFailure:
    """A Scrapy failure as a fact for the report.

    A TapeError is raised again: a strict replay must not end as a site that was merely away.
    """
    request: Request = failure.request  # type: ignore[attr-defined]
    error = failure.value
    if isinstance(error, TapeError):
        raise error
    if isinstance(error, HttpError):
        status = error.response.status
        return FetchFailure(kind_of_status(status), request.url, f"HTTP {status}")
    if isinstance(error, Refused):
        return FetchFailure(error.kind, request.url, error.reason)
    if isinstance(error, DownloadCancelledError):
        return FetchFailure("cut_short", request.url, "the answer is larger than the size cap")
    text = " ".join(str(error).split())[:200]
    return FetchFailure("unreachable", request.url, f"{type(error).__name__}: {text}")
