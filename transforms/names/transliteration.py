"""One spelling for names of persons that papers carry over from other scripts in several ways: `Khaled` and `Khalid` are one.

Only the forms of one name are brought together here: two persons are one where all words of their names are, never by less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

ARABIC = """
muhammad mohammed mohammad mohamed muhammed mohamad muhamad mohamet; ahmad ahmed; mahmud mahmoud mahmood; hasan hassan
husayn hussein hussain husain husein hossein hosein; yusuf youssef yousef yousif yusif yousuf youssouf; khalid khaled; umar omar
uthman othman osman usman ousmane; usama osama oussama; ibrahim ebrahim ibraheem; ismail ismael esmail ismaeel esmaeil
mustafa mostafa moustafa mustapha moustapha; said saeed saeid sayeed; jamal gamal djamal; ali aly
sulayman suleiman sulaiman soleiman suleyman souleymane; sulaymani suleimani soleimani sulaimani
abdullah abdallah abdulla abdollah abdalla; rashid rasheed rachid; hamid hameed; majid majeed; walid waleed oualid
nasir nasser naser; nasrallah nasrullah; faysal faisal feisal fayçal; tariq tarek tarik tareq; karim kareem; rahim raheem
salim saleem; salih saleh; hisham hicham hichem hesham; haytham haitham; samir sameer; amir ameer; jabir jaber gaber
qasim kassem qassem qasem kasim kassim qassim; yasir yasser yaser; yahya yehia yahia; zakariya zakaria zakariyya; iyad eyad
bilal belal; mazin mazen; tawfiq tawfik toufik taoufik tewfik; rafiq rafik; shafiq shafik; sadiq sadik; nabil nabeel
jalil jaleel; khalil khaleel; wahid waheed; zayn zein zain; layla leila laila; aisha aysha ayesha aicha; maryam mariam
zaynab zainab zeinab; nur nour noor; huda hoda; jibril jebril gibril; ghassan gassan; haniya haniyeh haniyya haniyah
qaddafi gaddafi gadhafi qadhafi kadhafi gadaffi; asad assad; raisi raeisi; ruhani rouhani rohani; idris idriss driss
munir mounir muneer; muhsin mohsen mohsin; murtada murtaza morteza mortaza; musa moussa mousa; mubarak moubarak
sharif shareef; habib habeeb; latif lateef; basim bassem basem; hazim hazem; hatim hatem; imad emad; isam essam issam
adil adel; kamil kamel; fadil fadel; wail wael; nail nael; ala alaa; baha bahaa; diya diaa; sami samy; hani hany; rami ramy
"""
SLAVIC = """
vladimir volodymyr wladimir uladzimir; alexander aleksandr alexandr aleksander alyaksandr aliaksandr oleksandr olexandr
dmitry dmitri dmitriy dmitrii dmytro; sergei sergey serhiy serhii serguei siarhei; andrei andrey andriy andrii
yuri yury yuriy yurii iurii; alexei alexey aleksei aleksey oleksiy oleksii olexiy; mikhail mykhailo mikhailo mihail
nikolai nikolay mykola mikola; yevgeny evgeny yevgeni evgeni yevgeniy evgeniy yevhen; viktor victor; pavel pavlo
igor ihor; oleg oleh; konstantin kostiantyn kostyantyn; vasily vasyl vasiliy vasili; denis denys; maxim maksim maksym
kirill kyrylo kiril; vyacheslav viacheslav; valery valeriy valerii; gennady gennadiy hennadiy hennadii
grigory grigoriy hryhoriy hryhorii; vitaly vitali vitaliy vitalii; anatoly anatoli anatoliy anatolii; ilya illia illya
natalia natalya nataliya nataliia; yulia yuliya yuliia iuliia; tatiana tatyana tetiana tetyana; elena yelena olena
svetlana svitlana; daria darya dariya; olga olha; irina iryna; galina halyna; ekaterina yekaterina kateryna katerina
"""
"""Forms of one name, the one that stands for all of them first; a semicolon or a new line parts the names."""


def _first_of_each(listed: str) -> dict[str, str]:
    """The form that stands for all, of every form of a list."""
    return {form: one.split()[0] for one in re.split(r"[;\n]", listed.strip()) for form in one.split()}


OF_ARABIC, OF_SLAVIC = _first_of_each(ARABIC), _first_of_each(SLAVIC)
SERVANT = re.compile(r"abd(?:[uaeo]l)?")
"""`servant of`, which is one word with the name behind it, or one of its own: `Abdul Jalil`, `Abdeljalil`."""

JOINED = re.compile(r"abd[uaeo]l(?=[a-z]{4})|abd(?=(?:jal|ham|rah|kar|sal|maj|naz|fat|gha|lat)[a-z]{2})")
SHORTEST = 5
"""Letters of the shortest word that is brought to one spelling by its letters: `Lee` and `Li` are two names."""

SLAVIC_LETTERS = (
    (re.compile(r"(?<=sk)(?:yy|iy|yi|ii|yj)$"), "y"),
    (re.compile(r"(?<=[aeo])yev(?=a?$)"), "ev"),
    (re.compile(r"(?<=[a-z]{3})(?:ii|iy|yi|yy|ij)$"), "y"),
)
ARABIC_LETTERS = (
    (re.compile(r"(?<=[a-z]{3})[uao]llah?$"), "ulla"),
    (re.compile(r"(?<=[a-z]{3})ah$"), "a"),
    (re.compile(r"o[uo]"), "u"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"q(?!u)"), "k"),
    (re.compile(r"([bcdfgklmnprstz])\1"), r"\1"),
)
"""What is printed in several ways in names of other scripts, and the one way that stands for them."""


def plain_words(words: Sequence[str]) -> list[str]:
    """The words of a person's folded name in one spelling; letters count only beside a name that shows whose script it is.

    >>> plain_words(["othman", "abduljaleel"]), plain_words(["usman", "abdel", "jalil"])
    (['uthman', 'abdjalil'], ['uthman', 'abdjalil'])
    >>> plain_words(["volodymyr", "zelenskyy"]), plain_words(["abdul", "rahman"]), plain_words(["ida", "ferrell"])
    (['vladimir', 'zelensky'], ['abdul', 'rahman'], ['ida', 'ferrell'])
    """
    arabic = any(word in OF_ARABIC or SERVANT.match(word) for word in words)
    found: list[str] = []
    for word in words:
        if len(words) > 2 and found and SERVANT.fullmatch(found[-1]):
            found[-1] = f"abd{plain_word(word, arabic)}"
        else:
            found.append(word if SERVANT.fullmatch(word) else plain_word(word, arabic))
    return found


@lru_cache(16384)
def plain_word(word: str, arabic: bool) -> str:
    """One word of a folded name in one spelling.

    >>> plain_word("khaled", True), plain_word("dbeibah", True), plain_word("qassem", True), plain_word("abdelhamid", True)
    ('khalid', 'dbeiba', 'qasim', 'abdhamid')
    """
    if word in OF_ARABIC or word in OF_SLAVIC:
        return OF_ARABIC.get(word) or OF_SLAVIC[word]
    servant = JOINED.match(word) if arabic else None
    if servant is not None:
        return f"abd{plain_word(word[servant.end() :], arabic)}"
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return word
    for pattern, plain in ARABIC_LETTERS if arabic else SLAVIC_LETTERS:
        word = pattern.sub(plain, word)
    return OF_ARABIC.get(word, word) if arabic else word
