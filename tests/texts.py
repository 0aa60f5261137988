"""Made-up articles that share no line and hardly a run of words: what is learnt or copied plays no part with them."""

from __future__ import annotations

import random
from pathlib import Path

SUBJECTS = "council harbour hospital army ministry police school union court farm mine ferry bakery library dam railway".split()
PLACES = "Torvik Maresh Ellanby Sorrento Dunmarrow Kestrel Varga Oldhaven Piran Lumen Ashcombe Belmora Quill Rostov".split()
VERBS = "closed opened lost found moved counted repaired burned flooded sold rented searched guarded painted measured".split()
THINGS = "bridges houses boats cows trucks letters wells tents bags ladders windows trees lamps ropes carts barrels".split()
PEOPLE = "Ida Brandt,Tomas Arendt,Helene Aurich,Oto Radek,Ilse Marrow,Nils Oster,Mara Quint,Jon Pell,Rosa Vey,Emil Tarn".split(
    ","
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TAILS = (
    "after a night of heavy rain",
    "before the first snow of the year",
    "while the road to the north stayed shut",
    "in spite of warnings from the valley",
    "as neighbours looked on from their doors",
    "although nobody had asked for it",
    "because the old wall had given way",
    "without a word to the people upstream",
)


def distinct(number: int, sentences: int = 9) -> str:
    """An article of its own: a headline, a day, and paragraphs with figures and a quotation."""
    chance = random.Random(number)

    def one(words: list[str]) -> str:
        return chance.choice(words)

    def sentence() -> str:
        count, more = chance.randint(3, 900), chance.randint(2, 60)
        return chance.choice(
            (
                f"The {one(SUBJECTS)} of {one(PLACES)} {one(VERBS)} {count} {one(THINGS)} on {one(DAYS)}, {chance.choice(TAILS)}.",
                f"At least {more} people were injured near {one(PLACES)} when {count} {one(THINGS)} fell, the {one(SUBJECTS)} said.",
                f'"We {one(VERBS)} every one of the {more} {one(THINGS)} {chance.choice(TAILS)}," {one(PEOPLE)} said.',
                f"{one(PEOPLE)} of the {one(SUBJECTS)} said that {count} {one(THINGS)} had been {one(VERBS)} {chance.choice(TAILS)}.",
            )
        )

    body = [sentence() for _ in range(sentences)]
    paragraphs = [" ".join(body[n : n + 3]) for n in range(0, sentences, 3)]
    title = f"{one(PLACES)} {one(SUBJECTS)} {one(VERBS)} {number} {one(THINGS)} in {one(PLACES)}"
    return "\n\n".join([title, f"{chance.randint(1, 28)} March 2024", *paragraphs]) + "\n"


def distinct_folder(folder: Path, numbers: range) -> Path:
    """A folder with an article for each number, under names that tell them."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:05}.txt").write_text(distinct(number), encoding="utf-8")
    return folder


ABROAD = """Bridge at Kisumu gives way

Nora Castell

3 May 2024

Four people were killed and nine injured in Kisumu, Kenya, on Wednesday, the harbour police said. The bridge had been closed to trucks.

In Mombasa, Kenya, 120 people were displaced on the same day by the rain, the Kenyan Ministry of Health said. Schools stayed shut.
"""
"""An article about towns that the gazetteer has, for maps."""
