"""Words in names of persons and bodies and beside them: titles, offices, particles, what no person is called by."""

from __future__ import annotations

import re

TITLES = frozenset(
    (
        "mr mrs ms dr prof professor sir dame lord lady president vice prime minister premier chancellor secretary "
        "undersecretary general secretary-general commissioner-general lt maj gen col capt sgt brig adm admiral "
        "colonel major captain lieutenant sergeant brigadier commander chief spokesman spokeswoman spokesperson "
        "official officials sen senator rep representative congressman congresswoman gov governor mayor director "
        "head chairman chairwoman chair ceo executive officer deputy former state foreign defence defense interior "
        "finance health justice minister adviser advisor ambassador envoy coordinator commissioner judge justice "
        "attorney prosecutor sheriff detective king queen prince princess pope cardinal bishop archbishop rabbi "
        "imam sheikh ayatollah father sister reverend rev hon us u.s. uk un israeli palestinian american british "
        "national security council department house white speaker leader majority minority candidate author "
        "analyst economist historian lawyer republican democratic democrat gop manager campaign coach resident "
        "editor correspondent reporter columnist strategist nominee superintendent inspector constable corporal trooper "
        "magistrate registrar coroner ranger warden guide lawmaker "
        "marshal commodore cj cm dcm pm president-elect governor-elect mayor-elect chairperson "
        "ssp dsp asp igp dig aig acp dcp sho "
        "lieutenant-general major-general brigadier-general lieutenant-colonel vice-president vice-chancellor councillor mp"
    ).split()
)
ROLES = frozenset(
    (
        "resident residents witness witnesses survivor survivors source sources lawyer lawyers diplomat doctor doctors nurse "
        "farmer farmers fisherman teacher student students professor researcher researchers scientist scientists owner member "
        "members worker workers volunteer volunteers activist activists officer officers aide neighbour neighbours"
    ).split()
)
"""Nouns of persons without a name."""

PARTICLES = frozenset(("al el bin ibn abu de del della di da dos van von der den ter la le st ben").split())
SURNAMES = frozenset(
    "white house king pope bishop judge head major prince cardinal sheriff speaker coach father sister constable "
    "marshal mp sen".split()
)
"""Titles that are surnames too, behind a given name: `Peter White`, `Rosa King`."""

CHARGED = frozenset(
    "minister secretary ambassador envoy commissioner chief general director undersecretary representative superintendent "
    "inspector head controller comptroller registrar".split()
)
"""Offices that have a charge behind a preposition: `Minister for Tarvia`, `Inspector General of Police`."""

PORTFOLIOS = frozenset(
    "police staff education agriculture energy transport environment trade labour labor tourism information "
    "operations immigration "
    "water works culture sports planning prisons customs affairs".split()
)
"""Charges of an office that no person is called by."""

NATION_WORDS = frozenset(
    "new south north east west central united saint san papua guinea emirates kingdom states republic korea africa "
    "arabia sudan "
    "lanka zealand leone salvador rica faso islands bank board street road rights borders".split()
)
"""Words of the names of countries and bodies."""

AROUND = frozenset("nearby neighbouring neighboring northern southern eastern western central downtown rural remote".split())
"""Words between a preposition and the name of a place."""

HAD = frozenset(
    "office government administration campaign family lawyer lawyers aide aides ally allies supporter supporters opponent "
    "opponents relative relatives friend friends critic critics mother father brother sister son daughter wife husband widow "
    "team party regime cabinet".split()
)
"""Nouns of what a person has, who says nothing by it: `the office of Mayor Ida Fisk`."""

SHORT_TITLES = frozenset("mr mrs ms dr sen rep gov gen col lt capt sgt maj adm".split())
PREPOSITIONS = frozenset("of in at for from with on to near by behind under over without within inside outside".split())
"""What stands before a last name that is a place or a body: `a resident of Port Ellery`."""

BODY_NOUNS = frozenset("group charity agency company firm party union watchdog network organisation organization".split())
"""Nouns that say what the name behind them is: `Rights group Orlan Watch`."""

JOINTS = frozenset("the of for and & without".split())
"""Small words inside the name of a body: `Save the Children`."""

OF_STATES = frozenset(
    "national state foreign us u.s. uk british american israeli palestinian white republican democratic defence defense "
    "interior finance health justice security".split()
)
"""Titles that open names of bodies too: `the National Safety Board`."""

OPENERS = frozenset(
    "the a an two three four five six seven eight nine ten several some many most all both other another one no".split()
)
"""Words that open a phrase and no name: `Two Malian officials`."""

PART_WORDS = re.compile(r"\b(?:section|division|unit|directorate|secretariat|board|brigade)s?\b", re.IGNORECASE)
"""Words of parts of bodies, which have heads of their own."""

ORG_WORDS = re.compile(
    r"""
    \b(?: ministry|department|office|agency|council|committee|court|house|authority|commission|bureau|command  # of a state
      | party|union|federation|movement|front|army|forces?|police
      | university|institute|society|association|foundation|fund|programme|program|service
      | centre|center|group|nations|organi[sz]ation|international|cross|crescent|watch
      | bank|company|corporation|inc|ltd|co(?!-)|corp|plc|llc|street                                   # firms
      | times|post|news|tv|channel|media|press|desk|wire|journal|herald           # outlets
      | administration|inspectorate|directorate|hospital|academy|parliament|constabulary|gendarmerie|observatory|consulate
      | embassy|league|alliance|coalition|confederation|airlines|airways|railways|holdings
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that no personal name has: `Harbor Times` is no person."""
