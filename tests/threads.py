"""Made threads of readers' comments below reports, and texts that only look like one: of invented places, the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

REPORTS = (
    (
        "The council of Ellery voted on Monday to close the harbour road for two months, a spokeswoman said.",
        "About 40 shops stand along the road, and their owners told the council that they feared for the summer trade.",
        "Officials said the wall had cracked in the storms of last winter and that divers found holes in March.",
        "The work will cost 2.4 million crowns, the finance office said in a statement on Tuesday.",
    ),
    (
        "Police in Sarn arrested two men on Friday after a fire in a sawmill that burned for nine hours.",
        "Nobody was hurt, but 14 families spent the night in the school, officials said on Saturday.",
        "The mill employed 60 people and was built in 1931, according to the town's archive.",
        "A judge in Dalmir will hear the case on Wednesday, the court announced.",
    ),
    (
        "The ministry of health said on Thursday that 300 people fell ill after a wedding in Kesh.",
        "The minister told reporters that the water of two wells was being tested and that results would come on Sunday.",
        "Doctors at the hospital of Kesh reported that most patients went home after a day.",
        "The wells were closed in 2019 and opened again last year, the ministry added.",
    ),
)
COMMENTS = (
    "You have no idea what you are talking about, my friend. I drive there every day!",
    "I agree with you, this is what we get for voting them in again...",
    "lol, nobody asked the people who live there. Thanks for nothing!",
    "why dont they just build a tunnel?? my uncle said so ten years ago",
    "Exactly! I have been saying this for years and you all laughed at me.",
    "Please, do your homework before you post. It was never about the money!",
    "I lost my job because of this, so keep your jokes to yourself...",
    "Yes, and who pays for it? You and me, as always!!",
    "Sorry but you are wrong, I was there and saw it with my own eyes.",
    "haha good one, you made my day",
    "Thank you for this, I never knew. My grandmother always told me so.",
    "What a joke. I will believe it when I see it!",
    "You should be ashamed of yourself, people could have died!",
    "No, they are not all the same. I know some of them and they work hard, you know.",
    "im not surprised at all,they never listen to us",
)
NAMES = ("harbour_cat", "Old Rower", "Mina K.", "tarn1962", "Baker's wife", "Jon", "no_more_taxes", "Ferry fan")
MARKS = ("heading", "signed", "said", "reply")

OPINIONS = (
    "I have lived beside the harbour of Ellery for forty years, and I have never seen a council so sure of itself.",
    "You may think that a wall is a wall. You would be wrong, and I was wrong too until I walked along it in March.",
    "What did they offer us? A brochure! I read it twice and still do not know who pays.",
    "My father used to say that the sea sends its bills late. He was right, and ours has come.",
    "So let us stop pretending. You cannot mend a road with speeches, and I for one will vote against them.",
    "Yes, it will cost money. But what will it cost you if the wall falls on a market day?",
    "I do not ask for miracles. I ask that those who decide walk down to the water once and look.",
    "Thank you to the crews who worked through the night; we owe you more than a line in the minutes.",
)
LETTERS = (
    "Dear editor, I read your report on the harbour road with surprise, for you forgot the school.",
    "My children walk that way every morning, and so do yours, I am told!",
    "Please print the times of the bus that was promised, since nobody at the town hall could tell me.",
    "I remember when the road was closed in 1988, and you wrote then what you write now.",
    "You ask whether we can wait two months. I can; my neighbour, who is ninety, cannot.",
    "Keep asking, and I will keep reading. Yours, Ola Fenn of Sarn.",
)
SPEAKERS = ("MARSH", "BRELL", "KARST")
TURNS = (
    "Thank you for coming. You said last week that you would resign. Will you?",
    "I said that I would think about it, and I have. I will stay!",
    "Well, you can see why people are angry with you.",
    "Of course I can. I am angry too, if you ask me.",
    "So what do you tell the families who wait for an answer?",
    "I tell them what I tell you: we will rebuild, and my office is open every day.",
    "Yes, but you have no money for it, do you?",
    "No, not yet. You know as well as I do how budgets are made.",
)


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A report with comments below it: its text, the report's paragraphs, the comments, and how they are marked."""

    text: str
    report: tuple[str, ...]
    comments: tuple[str, ...]
    mark: str


def threads() -> Iterator[Thread]:
    """Forty threads: eight unmarked and eight of each mark, of 8 to 13 comments."""
    for number in range(40):
        chance = random.Random(number)
        mark = ("none", *MARKS)[number % 5]
        report = ("Report of the day from the coast", *REPORTS[number % len(REPORTS)])
        comments = tuple(chance.sample(COMMENTS, 8 + number % 6))
        lines = list(_marked(comments, mark, chance))
        yield Thread(text="\n\n".join([*report, *lines]), report=report[1:], comments=comments, mark=mark)


def _marked(comments: Sequence[str], mark: str, chance: random.Random) -> Iterator[str]:
    if mark == "heading":
        yield f"{len(comments)} Comments"
    for comment in comments:
        name = chance.choice(NAMES)
        if mark == "signed":
            yield f"{name} 3 May 2024 at {chance.randrange(10, 23)}:{chance.randrange(10, 59)}"
        elif mark == "said":
            yield f"{name} says:"
        yield comment
        if mark == "reply":
            yield "Reply"


def whole() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Forty texts with their paragraphs, none of which may be cut: opinion pieces, letters, transcripts, interviews, reports."""
    for number in range(40):
        chance = random.Random(1000 + number)
        kind = number % 5
        if kind == 0:
            paragraphs = [OPINIONS[0], *chance.sample(OPINIONS[1:], 6)]
        elif kind == 1:
            paragraphs = [LETTERS[0], *chance.sample(LETTERS[1:-1], 3), LETTERS[-1]]
        elif kind == 2:
            paragraphs = [f"{SPEAKERS[n % 2]}: {turn}" for n, turn in enumerate(TURNS)]
        elif kind == 3:
            paragraphs = [REPORTS[number % 3][0], *(f"{'QA'[n % 2]}: {turn}" for n, turn in enumerate(TURNS))]
        else:
            paragraphs = [*REPORTS[number % 3], *chance.sample(OPINIONS[1:], 3)]
        yield "\n\n".join(["Voices from the harbour of Ellery", *paragraphs]), tuple(paragraphs)
