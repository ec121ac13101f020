"""The house's own errors. Each message is one line for a person: what, where, what to do."""

from __future__ import annotations

from typing import Literal

from scrapy.exceptions import IgnoreRequest

# How a request that brought nothing failed; the words are those of the outcomes (night/outcome.py).
FailureKind = Literal["blocked", "not_found", "unreachable", "cut_short"]


class RolecallError(Exception):
    """Base of the errors a command prints as one line; `exit_status` is then its exit status."""

    exit_status = 2


class ConfigError(RolecallError):
    """A catalogue entry, parameter or option is wrong."""


class UnexpectedAnswer(RolecallError):
    """A site answered in a form its platform does not know; ends as `parse_error`."""


class SiteGone(RolecallError):
    """A site answers that it is no more, with no HTTP status to tell; ends as `not_found`."""


class TapeError(RolecallError):
    """A replay asked for something that is not on the tape, or left something on it."""


class Refused(IgnoreRequest):
    """A request that this house does not send, or does not send again this run."""

    def __init__(self, kind: FailureKind, reason: str):
        super().__init__(reason)
        self.kind: FailureKind = kind
        self.reason = reason
