"""How dates are printed in English running text: one verbose pattern for each form, and the places where one may begin."""

from __future__ import annotations

import calendar
import re

from copydesk.transforms.dates.holidays import HOLIDAY

MONTHS = (
    {name: n for n, name in enumerate(calendar.month_name) if n}
    | {name: n for n, name in enumerate(calendar.month_abbr) if n}
    | {"Sept": 9}
)
WEEKDAYS = {name: n for n, name in enumerate(calendar.day_name)}
SMALL = {
    word: n
    for n, word in enumerate(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        ).split(),
        1,
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH = rf"(?P<month>(?-i:{MONTH_NAMES}))\b\.?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d)"
YEAR = r"(?P<year>(?:19|20)\d\d)"
WEEKDAY = rf"(?P<weekday>(?-i:{'|'.join(WEEKDAYS)}))"
COUNT = rf"(?P<count>\d{{1,3}}|a\s+couple\s+of|{'|'.join(SMALL)}|two\ and\ a\ half)"
PART = r"(?:(?:the\s+)?(?:early|late|mid)[\s-]+|(?:on\s+)?(?:the\s+)?(?:morning|afternoon|evening|night)s?\s+of\s+)?"
"""The part of a day or month before it: `early on`, `the morning of`."""

OF_WEEK = rf"{PART}(?:(?-i:(?:{'|'.join(WEEKDAYS)}|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?)),?[\x20\u00a0]+)?"
"""The day of the week before a date too: `Tuesday, May 7`."""

MONTH2, DAY2, YEAR2 = (part.replace(">", "2>", 1) for part in (MONTH, DAY, YEAR))
TO = r"\s*(?:\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b|-|–|—)\s*"
OPENED = r"(?:from\s+|between\s+)?"

ADJACENT = "|".join(rf"(?-i:{calendar.month_name[n]}\s+and\s+{calendar.month_name[n + 1]})" for n in range(1, 12))
"""Two months in a row: `in March and April 2021`."""

DAYS = list(calendar.day_name)
DAY_AFTER = "|".join(
    rf"(?-i:{day}(?:\s+(?:morning|afternoon|evening|night))?\s+(?:and(?:\s+on)?|into)\s+{DAYS[(n + 1) % 7]})"
    for n, day in enumerate(DAYS)
)
"""Two days in a row: `on Tuesday and Wednesday`, `Friday night into Saturday`."""

OF_YEAR = r"(?:,?\s+(?:of\s+)?(?P<of_year>last|this)\s+year)?"
"""The year behind a day, told from the day of publication: `on 3 May last year`."""

NO_DAY = r"(?!\s+(?:(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?\b(?![,.]\d)|1[5-9]\d\d\b|20\d\d\b)|[a-z])"
"""No day or year stands behind a month: `in May 300 boats sank`, `in May 1,200 did`; not: `in May 12 boats`."""

SEASON = "spring|summer|autumn|fall|winter"
DECADES = "twenties thirties forties fifties sixties seventies eighties nineties".split()
CENTURIES = "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split()
FIRST_SPELT = 12
CENTURY = "|".join(CENTURIES).replace("-", "[- ]")
COUNTS = "|".join(SMALL)
NTH = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"

OF_A_YEAR = (
    "election|elections|referendum|census|war|earthquake|quake|tsunami|hurricane|cyclone|typhoon|flood|floods|fire|wildfire|disaster"
    "|attack|massacre|genocide|bombing|shooting|crash|uprising|revolution|coup|riots|famine|pandemic|epidemic|outbreak|season|games"
    "|census|harvest|drought|storm|storms|blizzard|landslide|landslides|mudslide|tornado|explosion|blast|protest|protests|derailment|sinking"
    "|riot|stampede|collapse|eruption|spill|siege|heatwave|heat wave|unrest|clashes|accident|mudslides|tornadoes|avalanche"
)
"""Events that are named by their year."""

PATTERNS: dict[str, str] = {
    "holiday": rf"(?:(?P<which>last|this|next)\s+)?(?P<name>{HOLIDAY})(?:,?\s+(?:of\s+|in\s+)?{YEAR})?  # on Boxing Day",
    "numeric": r"""
        (?P<one>[0-3]?\d)(?P<mark>[/.-])(?P<two>[0-3]?\d)[/.-](?P<year>(?:19|20)\d\d)(?![\d/.-]\d)  # 3/5/2019, 3.5.2019
        """,
    "numeric_short": r"(?P<one>[0-3]?\d)(?P<mark>/)(?P<two>[0-3]?\d)/(?P<year>\d\d)(?![\d/])        # 3/5/19",
    "dmy_hyphens": rf"(?P<day>[0-3]?\d)[-/]{MONTH}[-/]{YEAR}                        # 3-May-2019",
    "dmy_short": rf"""
        (?P<day>[0-3]?\d)\s+(?P<month>(?-i:{"|".join(calendar.month_abbr[1:])}))\.?\s+[’'‘]?(?P<two>\d\d)  # 14 Apr 90
        (?=\s*(?:[,.;:()\]]|--|$))
        """,
    "week_of": rf"""
        (?:the\s+)?week\s+(?P<how>of|beginning|starting|ending|ended)\s+(?:on\s+)?         # the week of May 6
        (?:{MONTH}\s+{DAY}|(?P<day2>[0-3]?\d)\s+{MONTH2})(?:,?\s+{YEAR})?
        """,
    "months_to": rf"""
        (?:the\s+)?(?:{COUNT.replace("count", "many")}[\s-]+)?                    # the three
        (?P<unit>months?|quarter|half|half-year|year)\s+                          # months
        (?:(?:that\s+)?ended|ending|(?:up\s+)?to|through)\s+(?:on\s+|in\s+)?        # to
        (?:the\s+end\s+of\s+)?(?:last\s+|this\s+)?                                # the end of
        (?:{MONTH}(?:\s+{DAY})?|(?P<day2>[0-3]?\d)\s+{MONTH2})(?:,?\s+{YEAR})?(?!\s+\d)  # June 30, 2019
        """,
    "two_md": rf"""
        {OPENED}{MONTH}\s+{DAY}(?:,?\s+{YEAR},?)?{TO}{MONTH2}\s+{DAY2}(?:,?\s+{YEAR2})?  # from May 30 to June 2, 2019
        """,
    "two_dm": rf"""
        {OPENED}(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR},?)?{TO}
        (?:the\s+)?{DAY2}\s+(?:of\s+)?{MONTH2}(?:,?\s+{YEAR2})?              # from 30 May to 2 June 2019
        """,
    "dm_range": rf"""
        {OPENED}(?:the\s+)?{DAY}{TO}(?:the\s+)?{DAY2}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?  # from 3 to 5 May 2019
        """,
    "month_range": rf"""
        (?:from\s+|between\s+){MONTH}(?:,?\s+{YEAR})?{TO}{MONTH2}(?!\s+\d{{1,2}}\b)(?:,?\s+{YEAR2})?  # from May to July 2019
        |{MONTH.replace("month", "month3")}(?:,?\s+{YEAR.replace("year", "year3")})?(?:\s*[-–]\s*|\s+(?:to|through)\s+)
        {MONTH2.replace("month2", "month4")}
        (?:\s+{YEAR2.replace("year2", "year4")}|(?=\s+(?:period|quarter)\b))               # May-July 2019
        |(?P<pair>{ADJACENT})(?:,?\s+(?:of\s+)?{YEAR.replace("year", "year5")})?(?!\s+\d)   # in March and April 2019
        """,
    "weekday_range": rf"""
        (?:from\s+|between\s+){WEEKDAY}{TO}{WEEKDAY.replace(">", "2>", 1)}              # from Monday to Wednesday
        |(?P<pair>{DAY_AFTER})(?:\s+(?:morning|afternoon|evening|night))?               # on Tuesday and Wednesday
        """,
    "iso": rf"{YEAR}[-/](?P<m>[01]\d)[-/](?P<day>[0-3]\d)(?:T\d\d:?\d\d[\d:.Z+-]*)?    # 2019-05-03, 2019/05/03",
    "md_range_year": rf"""
        {OPENED}{MONTH}\s+{DAY}{TO}(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{YEAR}    # May 3 to 5, 2019
        """,
    "full_mdy": rf"{OF_WEEK}{MONTH}\s+{DAY},?\s+{YEAR}                # May 3, 2019",
    "full_dmy": rf"{OF_WEEK}(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH},?\s+{YEAR}  # 3 May 2019, the 3rd of May, 2019",
    "md_range": rf"""
        (?:between\s+)?{OF_WEEK}{MONTH}\s+{DAY}\s*(?:and|to|-|–)\s*   # between May 3 and 5
        (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d)            # not: May 3 to 5.5
        """,
    "md": rf"{OF_WEEK}{MONTH}\s+{DAY}{OF_YEAR}                                 # May 3",
    "dm": rf"{OF_WEEK}(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH}{OF_YEAR}            # 3 May, the 3rd of May",
    "quarter": rf"""
        (?:the\s+)?(?P<nth>first|second|third|fourth|last|final|1st|2nd|3rd|4th)\s+(?P<part>quarter|half)   # the first quarter
        (?:
            \s+(?:of\s+)?(?:(?:fiscal|financial)\s+(?:year\s+)?)?{YEAR}                                          # of 2019
          | \s+of\s+(?P<this>this|last|next)\s+year | \s+of\s+the\s+year
        )
        """,
    "quarter_short": rf"""
        Q(?P<nth>[1-4])(?:\s+(?:of\s+)?{YEAR})?|(?P<nth2>[1-4])Q(?:\s+{YEAR2}|(?P<two>\d\d))        # Q3 2019, 3Q19
        |H(?P<half>[12])\s+(?:of\s+)?{YEAR.replace("year", "year3")}                                # H1 2019
        """,
    "quarter_bare": r"""
        (?:the\s+)?(?P<which>last|previous|latest|current|this|next|{NTH})[\s-]quarter     # in the third quarter
        """.replace("{NTH}", NTH),
    "months_of": rf"""
        (?:the\s+)?(?P<end>first|last|final)\s+{COUNT}\s+months\s+of\s+               # the first nine months of 2019
        (?:{YEAR}|(?P<this>this|last|the)\s+year)
        """,
    "part_of_month": rf"""
        (?:the\s+)?(?P<nth>first|second|last|final|latter)\s+                     # the first two weeks of June
        (?:(?:{COUNT.replace("count", "many")}\s+)?(?P<unit>days?|weeks?)|(?P<half>half)|(?P<third>third))\s+
        of\s+{MONTH}(?!\s+\d{{1,2}}\b)(?:,?\s+{YEAR})?
        """,
    "season": rf"(?P<season>{SEASON})\s+(?:of\s+)?(?:{YEAR}|[’'‘](?P<two>\d\d)\b)      # in the summer of 2019, of ’94",
    "season_which": rf"(?P<which>last|this\ past|this|next)\s+(?P<season>{SEASON})(?!\s+(?:in|of)\b)    # last summer",
    "month_which": rf"{MONTH}\s+(?:of\s+)?(?P<which>this|last)\s+year        # in May last year",
    "which_month": rf"(?P<which>this\s+past|this|last|next)\s+{MONTH}{NO_DAY}  # this past May",
    "month_year": rf"{MONTH},?\s+(?:of\s+)?{YEAR}                  # May 2019, May of 2019",
    "weekday_of_week": rf"""
        (?:on\s+)?{WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?                  # Monday of last week
        ,?\s+(?:of\s+)?(?P<which>last|this|next)\s+week
        """,
    "weekday": rf"""
        (?:(?P<which>last|next|this\ coming|coming|this)\s+)?      # next Monday
        {PART}{WEEKDAY}(?!['’]s\s+[A-Z])                           # not: Monday’s Gazette
        (?:\s+(?:morning|afternoon|evening|night))?
        """,
    "near": r"""
        (?:the\ )?day\ before\ yesterday|(?:the\ )?day\ after\ tomorrow
        |yesterday|earlier\ today|today|tonight|tomorrow|last\ night|overnight
        |this\ (?:morning|afternoon|evening)
        """,
    "this_time": r"""
        this\s+time\s+(?:last\s+(?P<unit>year|month|week)|a\s+(?P<unit2>year|month|week)\s+ago)      # this time last year
        """,
    "span": r"""
        (?:the\s+)?(?P<which>last|past|this|next|previous|coming)\s+(?P<unit>weekend|week|month|year|decade)  # next week
        """,
    "within": r"""
        (?P<which>earlier|later)\s+(?:in\s+)?this\s+(?P<unit>week|month|year)                       # later this year
        """,
    "part_of": r"""
        (?:(?<=end\ of\ )|(?<=start\ of\ )|(?<=beginning\ of\ )|(?<=middle\ of\ )|(?<=close\ of\ ))     # by the end of the year
        the\s+(?P<unit>week|month|year|decade)(?!\s+(?:ended|ending|to|of|in|before|after|that|when)\b)
        """,
    "coming": rf"""
        (?:in|over|during|within|for)\s+(?:the\s+)?(?:coming|next)\s+                                # over the next two months
        (?: {COUNT}\s+(?P<unit>hours?|days?|weeks?|months?|years?|decades?)
          | (?:(?:few|several|couple\s+of)\s+)?(?P<vague>hours|days|weeks|months|years|decades?)      # in the coming weeks
        )(?!\s+of\s)
        """,
    "in_so_many": rf"""
        in\s+(?:about\s+|around\s+|just\s+)?{COUNT}\s+                            # will retire in two
        (?P<unit>days?|weeks?|months?|years?)(?!\s+of\s|[’'])                     # years
        """,
    "year_before": r"""
        (?:the\s+)?year[\s-](?:ago|earlier)\s+(?:period|quarter|month|level|figure)s?  # the year-ago period
        """,
    "nth_day": r"""
        the\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)\s+of\s+(?P<which>this|last|next)\s+month  # the 20th of this month
        """,
    "short_year": r"""
        (?P<how>in|of|during|since|by|until|till|before|after|late|early|mid)[\s-]+[’'‘](?P<two>\d\d)(?![\d’'s])   # in ’94
        """,
    "weekend": r"the\s+weekend                                     # over the weekend",
    "ago": rf"""
        {COUNT}\s+(?P<unit>(?:minute|hour|day|week|fortnight|month|year|decade)s?)\s+(?:ago|earlier)  # three weeks ago
        """,
    "past": rf"""
        (?:in|over|during|within|for)\s+(?:the\s+)?(?:last|past|previous)\s+       # in the past 24 hours
        {COUNT}\s+(?P<unit>hours?|days?|weeks?|months?|years?|decades?)(?!\s+of\s)
        """,
    "year_span": r"""
        (?:from\s+|between\s+)?(?P<year>(?:19|20)\d\d)\s*(?:to|and|-|–|until)\s*   # from 2017 to 2019
        (?P<year2>(?:19|20)\d\d)
        """,
    "old_year": r"""
        (?:(?<=\bin\ )|(?<=\bsince\ )|(?<=\bduring\ )|(?<=\bearly\ )|(?<=\blate\ ))
        (?P<year>1[5-8]\d\d)(?![\d,.]\d|-\d|\s+[a-z]+s\b)  # in 1848
        """,
    "year_of": rf"""
        (?:(?<=\bthe\ )|(?<=\ba\ )){YEAR}(?=\s+(?:\w+\s+){{0,2}}?(?:{OF_A_YEAR})s?\b)      # the 2019 election
        """,
    "decade": rf"""
        (?:(?:the\s+)?(?P<decade>(?:1[789]|20)\d0)|the\s+(?P<decade2>(?:1[789]|20)\d0)[’'])s         # the 1980s
        |the\s+(?:(?:early|late|mid)[\s-]+)?(?:[’'‘](?P<short>[2-9]0)s|(?P<spelt>{"|".join(DECADES)}))  # the ’80s, the eighties
        """,
    "century": rf"""
        (?:the\s+)?(?:(?P<century>1\d|20|21)(?:th|st)|(?P<spelt>{CENTURY}))[\s-]century     # the 19th century
        """,
    "season_years": r"(?P<year>(?:19|20)\d\d)[-–/](?P<two>\d\d)(?![\d/]|-\d)             # 2017-18, 2017/18",
    "fiscal": rf"""
        (?:(?:fiscal|financial)(?:\s+year)?\s+|FY\s?)(?:{YEAR}|(?<=FY)(?P<two>\d\d))(?![-–/]?\d)      # fiscal 2019, FY19
        """,
    "year": rf"""
        (?:(?<=\bin\ )|(?<=\bsince\ )|(?<=\bof\ )|(?<=\buntil\ )|(?<=\bby\ )|(?<=\bduring\ )|(?<=\bfrom\ )
          |(?<=\bbefore\ )|(?<=\bafter\ )|(?<=\bearly\ )|(?<=\blate\ )|(?<=\bmid-)|(?<=\bthrough\ )    # in 2019
          |(?<=\bfor\ )|(?<=\baround\ )|(?<=\btill\ )|(?<=\byear\ )|(?<=\bas\ early\ as\ )|(?<=\bas\ late\ as\ ))
        {YEAR}(?![\d,.]\d|-\d)                                      # not: in 2019.5
        """,
    "month_event": rf"{MONTH}(?=\s+(?:{OF_A_YEAR})s?\b)                       # the November election",
    "month": rf"(?:[Ee]arly\s+|[Ll]ate\s+|mid-)?{MONTH}{NO_DAY}  # in May, in mid-May",
}
"""The forms of a date, tried in this order: the first that fits is taken."""

FORMS = {name: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for name, pattern in PATTERNS.items()}


def _anonymous(pattern: str) -> str:
    """The pattern with its groups nameless, so that several can stand in one."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


PATTERN = re.compile(
    "|".join(f"(?P<{name}>\\b(?:{_anonymous(pattern)}\n)(?!\\w))" for name, pattern in PATTERNS.items()),
    re.IGNORECASE | re.VERBOSE,
)
"""All forms in one pattern; the group that took part names the form."""

_PARTS = "early|late|mid|(?:morning|afternoon|evening|night)s?"
BEGINS = re.compile(
    rf"""
    (?<!\w)(?=
        \d                                                                  # 3 May, 2019-05-03
      | {MONTH_NAMES.lower()}|{"|".join(WEEKDAYS).lower()}                  # May 3, Monday
      | (?:the\s+)?day\s+(?:before|after)\s+(?:yesterday|tomorrow)|the\s+weekend
      | {HOLIDAY.lower()}|q[1-4]|h[12]\s|fy|(?:fiscal|financial)\s|(?:the\s+)?week\s+(?:of|beginning|starting|ending)
      | (?:latest|current|first|second|third|fourth|last|final)[\s-]quarter|(?:the\s+)?(?:first|last|final)\s+\w+\s+months\s+of
      | (?:the\s+)?(?:months?|quarter|half|half-year|year)\s              # the year to March
      | (?:the\s+)?(?:{COUNTS}|\d+)[\s-]+months?\s                        # the three months to June
      | later\s|in\s+(?:about\s|around\s|just\s)?(?:\d|{COUNTS})          # later this year, in two years
      | (?:in|for|over|during|within)\s+(?:the\s+)?(?:coming|next)\s      # over the next two months
      | (?:in|of|during|since|by|until|till|before|after|late|early|mid)[\s-]+[’'‘]\d   # in ’94
      | the\s+(?:week|month|year|decade)\b                                # the end of the year
      | the\s+(?:(?:early|late|mid)[\s-]+)?(?:[’'‘]\d|{"|".join(DECADES)})  # the ’80s
      | (?:the\s+)?(?:{CENTURY})[\s-]century                              # the nineteenth century
      | (?:mon|tues?|wed|thur?s?|fri|sat|sun)\b                           # Tue., May 7
      | (?:the\s+)?latest\s|(?:the\s+)?current\s
      | yesterday|today|tonight|tomorrow|overnight|earlier\s                # earlier today
      | between\s|from\s                                                 # between 2017 and 2019
      | (?:the\s+)?(?:last|past|this|next|previous|coming)\s                # last week
      | the\s+(?:\d|{_PARTS})|on\s+(?:the\s+)?(?:{_PARTS})|{_PARTS}         # the 3rd of May, on the morning of
      | (?:in|over|during|within|for)\s+(?:the\s+)?(?:last|past|previous)\s  # over the past month
      | (?:the\s+)?(?:first|second|third|fourth|final|[1-4](?:st|nd|rd|th))\s+(?:quarter|half)    # the first quarter of 2019
      | (?:the\s+)?(?:first|second|final|latter)\s+(?:\w+\s+)?(?:days?|weeks?|half|third)\s+of     # the first two weeks of June
      | (?:{SEASON})\s+(?:of|\d)                                          # summer of 2019
      | (?:{"|".join(SMALL)}|two\ and\ a\ half|a\ couple\ of)\s+
        (?:minute|hour|day|week|fortnight|month|year|decade)              # three weeks ago
    )
    """,
    re.VERBOSE,
)
"""Where a date may begin in a text in small letters: all of `PATTERN` is tried there alone. It minds the size of letters, for
then each of its branches is left at the first letter."""
