"""CoreHR (now The Access Group), Oracle PL/SQL pages of British and Irish universities.

URL forms (ats/us_universities.md section 5; public code for p_company):
    https://{host}/pls/{database}/erq_jobspec_version_4.display_form?p_company=&p_recruitment_id={id}
    https://{host}/pls/{database}/erq_jobspec_version_4.jobspec?p_id={id}
    https://{host}/pls/{database}/erq_search_version_4...       the listing
{host} is my.corehr.com or a host of the employer's own; {database} is the tenant (uoxrecruit).

Traps:
- The query is the identity: p_recruitment_id or p_id, one series (inferred: Oxford's 114751 and
  116517, a few months apart). Zeros at the start belong to it. The order of parameters varies.
- p_company is needed to open a page and constant for a tenant.
- display_form without a query, and core_document_api_2.view_erecruit_document?p_key_1= (a session's
  document), identify no posting.
- A database's name is unique on its host alone: corehrrecruit, hrisliverecruit.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_PLS = r"https?://(?P<host>[\w.-]+)/pls/(?P<database>[\w-]+)/"


class CoreHrParams(platform.Params):
    host: str = "my.corehr.com"
    database: str


class CoreHr(platform.Platform):
    name = "corehr"
    label = "CoreHR"
    Params = CoreHrParams
    unread = "no spider yet"
    url_rules = (
        _PLS
        + r"""(?P<page>erq_jobspec\w*\.\w+)(?:(?=\?(?:[^\#]*&)?p_company=(?P<company>\d+)))?
            \?(?:[^\#]*&)?(?P<key>p_recruitment_id|p_id)=(?P<posting_id>\w+)(?:[&\#]|$)""",
        _PLS + r"(?:erq_\w+|core_document_api\w*)\.\w+(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w.-]+)/pls/(?P<database>\w+)/erq_(?:search|jobspec)\w*\.",
                re.IGNORECASE,
            ),
            "a link to a CoreHR search",
        ),
    )
    examples: ClassVar = {
        "https://my.corehr.com/pls/fwrecruit/erq_jobspec_version_4.display_form?p_company=10"
        "&p_internal_external=E&p_process_type=&p_recruitment_id=990001&p_refresh_search=Y": {
            "host": "my.corehr.com",
            "database": "fwrecruit",
            "posting_id": "990001",
        },
        "https://recruit.fernwood.example/pls/corehrrecruit/erq_jobspec_details_form.jobspec"
        "?p_id=009002": {
            "host": "recruit.fernwood.example",
            "database": "corehrrecruit",
            "posting_id": "009002",
        },
        "https://my.corehr.com/pls/fwrecruit/erq_jobspec_version_4.display_form": {
            "host": "my.corehr.com",
            "database": "fwrecruit",
        },
        "https://my.corehr.com/pls/fwrecruit/erq_search_version_4.start_search_with_params"
        "?p_company=10&p_start_from=100": {"host": "my.corehr.com", "database": "fwrecruit"},
        "https://my.corehr.com/pls/fwrecruit/core_document_api_2.view_erecruit_document"
        "?p_key_1=E4F57A93": {"host": "my.corehr.com", "database": "fwrecruit"},
    }
    not_examples = (
        "https://lfuonline.fernwood.example/public/karriereportal.details?asg_id_in=12846",
        "https://my.corehr.com/pls/fwrecruit/login_page",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return f"{params.host}/{params.database}".lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        said = match.groups
        company = f"p_company={said['company']}&" if "company" in said else ""
        return (
            f"https://{said['host'].lower()}/pls/{said['database']}/{said['page']}"
            f"?{company}{said['key'].lower()}={match.posting_id}"
        )
