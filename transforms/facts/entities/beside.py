"""What stands beside the name of somebody and tells the office, the body, the age, or what the person went through."""

from __future__ import annotations

import re

APPOSITION = re.compile(
    r"(?:[’']s)?,\s+(?:who\s+(?:is|was|serves\s+as|works\s+as)\s+(?:also\s+)?)?(?P<office>(?!and\b|but\b|who\b|whose\b|which\b)[^,.;:”“\"\n()]{3,130})"
)
BEFELL = re.compile(
    r"""
    ,?\s+(?:
      # who was
      who\s+(?:(?:was|were|is|are|has|had|have|also|himself|herself|been|being|later|narrowly|barely|badly|seriously|slightly
          |now|still|currently|once|just|only)\s+){0,3}
      (?: wounded|injured|hurt|shot|trapped|buried|rescued|displaced|evacuated|survived|escaped|fled|witnessed|saw|watched|heard
        |lives?|lived|lost\s+(?:his|her|their)|ran\s|owns?\b|grows?\b|farms\b|rents?\b|sleeping|asleep|walking|driving|waiting
        |working\s(?:in|on|at)\s(?:the|a|his|her)\s[a-z]|works?\s(?:as\sa|in|on|at)\s(?:the\s|a\s|an\s|his\s|her\s)?[a-z]
        |aboard|on\s+board|inside|(?:on|in|at|near)\s+(?:the|a|his|her)\s+(?:bus|train|plane|flight|ship|boat|ferry|car|house|club
          |building|crowd|street|market|scene|room|home|shop|store|village|tent|queue|mosque|church|hall|station|stadium)
        |came\s+to|arrived\s+(?:at|in|with)|travell?ed|walked|spent\s|buried\s+(?:his|her)|tried\s+to\s+(?:flee|escape|help))
    # fled her home
    | (?:(?:and|with)\s+(?:his|her|their)\s+(?:[a-z]+\s+){1,3})?
      (?:fled\s+(?:his|her|their|with|from|on|to|the\s+(?:fire|flood|fighting|town|village))|escaped\s+(?:with|from|through|the)|survived\s+(?:the|by)
        |lost\s+(?:his|her|their)\s+(?:home|house|farm|shop)|was\s+(?:rescued|evacuated|trapped|pulled\s+from|woken))
    # whose house
    | whose\s+(?:[a-z-]+\s){0,2}(?:house|home|brother|sister|son|daughter|mother|father|husband|wife|child|children|family
        |parents|cousin|nephew|niece|uncle|aunt|friend|shop|store|farm|field|fields|crops?|car|boat|village|street|flat|apartment|relatives
        |neighbou?rs?|grandmother|grandfather|restaurant|business|land|cattle|leg|arm)\b
    # one of those, from the village
    | one\s+of\s+(?:those|the\s+(?:few|many|hundreds|thousands|dozens))
    | (?:originally\s+)?from\s+(?:the\s+)?(?:[\w-]+\s){0,2}(?:village|town|city|neighbou?rhood|camp|island|area|suburb
        |quarter)\b
    )
    """,
    re.VERBOSE,
)
"""What somebody is or went through who tells of it: `who was wounded in the blast`, `whose house burnt down`."""

LEADS = re.compile(
    r"""
    ,?\s+who\s+(?:also\s+|now\s+|currently\s+)?
    (?:heads|leads|runs|chairs|directs|oversees|manages|coordinates|commands|headed|led|chaired|represents|represented
      |speaks\s+for|(?:works|is\s+working)\s+(?:for|with))\s+                       # who works for
    (?P<body>[^,.;:”“"\n()]{3,90})                                                # Orlan Hands
    """,
    re.VERBOSE,
)
"""The body that somebody leads or works for, in a relative clause."""

STUDIES = re.compile(
    r",?\s+who\s+(?:has\s+)?(?:also\s+)?(?:studies|studied|researches|researched|teaches|lectures|specialises|specializes|tracks"
    r"|models|analyses|analyzes)\b"
)
"""What tells a scholar: `who studies glaciers`."""

RELATIVE = re.compile(
    r",\s+who\s[^,.;:”“\"\n()]{0,80}?\b(?:is|was|as)\s+(?:now\s+|currently\s+)?(?P<office>[^,.;:”“\"\n()]{3,90})"
)
BRACKETED = re.compile(r"\s+\((?P<office>[^()]{3,60})\)")
IS = re.compile(
    r"\s+(?:is|was|has\s+been|serves\s+as|served\s+as|works\s+as)\s+(?P<office>(?:the|a|an|our|its)\s+[^,.;:”“\"\n()]{3,90})"
)
HANGING = re.compile(
    r"""
    ,?\s+(?:of|from|at|with)\s+(?P<office>
        (?:the\s+)?[A-Z][^,.;:”“"\n()]{2,80}
      | the\s+(?:[\w’-]+\s){0,3}(?:police|army|navy|ministry|department|brigade|service|authority|agency|council|university
          |hospital|union|guard|office|bureau)\b
    )
    """,
    re.VERBOSE,
)
AGED = re.compile(r",?\s*(?:\()?(?P<age>\d\d)\b(?!,\d)")
AGED_BEFORE = re.compile(r"\b(?P<age>\d\d)-year-old\s+(?:[a-z]+\s+){0,2}$")

SCHOOLS = re.compile(r"\b(?:[Ss]chools?|[Cc]lasses|[Cc]lassrooms|[Ss]tudents|[Pp]upils)\b")
"""Words near a superintendent of schools."""

TREATS = re.compile(
    r"\b(?:hospitals?|clinics?|infirmary|patients?|wards?|beds|surgery|medical|ambulances?|morgue|wounds?|casualties)\b",
    re.IGNORECASE,
)
"""Words near a doctor who treats people, and no other one."""

BRACKETS = re.compile(r"(?<=[a-z])\s\([^()\n]{2,40}\)\s$")
"""What an office is told by in brackets, before the name: `Inspector-General of Police (Harbour Range)`."""

OWNER = re.compile(r"(?P<body>[A-Z][\w&-]*(?:\s[A-Z][\w&-]*){0,3})(?:[’']s|(?<=s)[’'])\s$")
POSSESSIVES = ("’s ", "'s ", "s’ ", "s' ")
"""A body in the possessive before a name."""

SAW = re.compile(
    r"""
    \b(?:I|[Ww]e)\s(?:just\s|only\s|then\s|also\s|all\s|suddenly\s)?
    (?: saw|heard|ran|fled|lost|woke|smelled|jumped|hid|crawled|escaped|survived|grabbed|screamed|begged|climbed|swam
      | (?:was|were)\s(?:just\s|all\s)?(?:sleeping|asleep|walking|driving|sitting|standing|trapped|buried|terrified|scared
          |at\shome|in\s(?:bed|the\s(?:house|kitchen|car|bus|shop|street)))          # I was at home
      | live\s(?:here|next\sdoor|nearby)
    )\b
    | \b(?:[Mm]y|[Oo]ur)\s(?:house|home|hut|tent|roof|son|daughter|baby|mother|father|brother|sister|wife|husband|children
        |neighbou?rs?|shop|boat|cattle|cows|goats|crops|village|street|leg|arm)\b                # my house
    """,
    re.VERBOSE,
)
"""What somebody says who was there: `I heard a blast`, `our roof is gone`."""
