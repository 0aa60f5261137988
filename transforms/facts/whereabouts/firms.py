"""Money of firms, which holds nowhere: profits, dividends, share prices."""

from __future__ import annotations

import re

MOVED = (
    r"(?:rose|fell|grew|jumped|dropped|climbed|slumped|slid|soared|surged|declined|increased|decreased|doubled|tripled|halved"
    r"|gained|lost|closed|edged|tumbled|advanced|expanded|more\s+than\s+doubled|nearly\s+doubles?)"
)
OF_A_FIRM = re.compile(
    rf"""
    \b(?:pre-?tax|after-tax|net|operating|gross|underlying|quarterly|half-year|full-year|first-half|second-half|core|adjusted)\s+
       (?:profits?|loss(?:es)?|income|earnings|revenues?|sales|margins?|interest\s+income)\b          # pretax profit
    | \b(?:profits?|loss)\s+(?:before|after)\s+tax\b | \bearnings\s+per\s+share\b | \bEBITDA\b
    | \b(?:interim\s+|final\s+|special\s+)?dividends?\b | \bshareholders?\b | \bmarket\s+capitali[sz]ation\b
    | \b(?:revenues?|profits?|turnover|earnings)\s+                                                  # profits at
       (?:{MOVED}|at|for\s+the\s+(?:first|second|third|fourth|half|quarter|year))\b
    | \bin\s+(?:annual\s+)?revenues?\b
    | \b(?:shares?|stock)\s+(?:of\s+[A-Z]\S+\s+)?(?:have\s+|has\s+|were\s+|was\s+)?               # shares rose
       (?:up|down|{MOVED}|trading)\b
    | \bper\s+share\b | \bshare\s+price\b
    | \b(?:total\s+assets|customer\s+deposits|loan\s+book|net\s+loans|gross\s+written\s+premiums?)\b
    """,
    re.VERBOSE,
)
"""Words of a firm's accounts and of its shares."""

OF_A_STATE = re.compile(
    r"\b(?:taxes|taxpayers?|tax\s+(?:authority|collect\w*|revenues?|debts?|cuts?|rates?)|revenue\s+(?:service|authority)|budget|treasury"
    r"|finance\s+minist\w+|GDP|gross\s+domestic|inflation)\b",
    re.IGNORECASE,
)
"""Words of the money of a state, which holds in it."""


def is_of_a_firm(text: str) -> bool:
    """Whether a text tells of a firm's accounts.

    >>> is_of_a_firm("Its pretax profit rose 12 percent"), is_of_a_firm("The road cost 12 million dollars")
    (True, False)
    """
    return OF_A_FIRM.search(text) is not None and OF_A_STATE.search(text) is None
