"""Texts made for training out of articles and invented lines: an article alone, with comments, with asides, with voices.

What is told of each line is whether it is the article's. None of the lines stands in the tests.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

COMMENTS = (
    "I walk my dog there and I can tell you the fence was broken long before the flood!",
    "You clearly never worked a day at sea, so please spare us your advice.",
    "What a surprise... they raise the toll and then they ask us to be patient.",
    "my cousin works at the mill and she says nobody was told anything",
    "This is why I stopped voting. They all promise and then nothing happens.",
    "Does anyone know if the bus still goes to the upper town on Sundays?",
    "Agree with the comment above. It was the same when they built the market hall.",
    "LOL, as if the mayor had ever taken a ferry in his life!!",
    "Great report, thank you. I learnt more from it than from all the speeches.",
    "No offence, but you should read the whole text before you get angry.",
    "We had the same trouble in our street last year, they sent one man with a shovel.",
    "Oh please. My taxes pay for that road and I want to see it open!",
    "Well, at least somebody said it. I was starting to think I was the only one.",
    "so true, i said the same to my wife yesterday",
    "They should be made to pay it back, every penny of it.",
    "@rower2 that is not what he said, look it up",
    "Rubbish. I was born in that valley and there never was a bridge.",
    "Sad news. My thoughts are with the families, I knew two of them from school.",
    "And where was the harbour office all that time? Asleep, as usual?",
    "I do not understand why they did not just call the other crew.",
    "haha nice try",
    "Same old story, different year.",
    "Could you please publish the list of the closed schools? My son does not know where to go.",
    "You may call me a fool but I still think the old captain was right.",
    "How much did that study cost us? I bet more than the repair would have!",
    "Ich wohne seit Jahren dort und habe noch nie einen Kontrolleur gesehen!",
    "Das glaubt ihr doch selbst nicht. Wer soll denn das bezahlen?",
    "Danke für den Bericht, endlich schreibt das mal jemand.",
    "Pues yo vivo allí y les digo que no es verdad lo que cuentan.",
    "Qué vergüenza, siempre pagamos los mismos...",
    "Encore une fois on se moque de nous. Moi, je ne paierai pas!",
    "Merci pour cet article, je ne savais pas tout cela.",
    "Ma possibile che nessuno se ne sia accorto prima? Io no, non ci credo.",
    "Eu moro ali perto e nunca vi ninguém consertar nada.",
)
NAMES = ("tom_of_the_mill", "Greta", "J. Fenn", "quaysider", "Old Salt", "Maria L.", "anon77", "Hans-Peter", "la_vecina")
VOICES = (
    "I came to the valley as a young teacher, and I have not left it since. You learn to love the noise of the mill.",
    "Let me tell you what the engineers told me: nobody had opened that gate for twenty years!",
    "Why do we pay for a ferry that we cannot board? I asked the question in June, and I ask it again.",
    "My mother kept the inn at the crossing. She would have laughed at the plan, and so do I.",
    "You will say that times have changed. They have, but the river has not.",
    "We were promised a school, a doctor and a road. We got a sign.",
    "I am not an angry man, but I was angry when I read your page on Friday.",
    "Thank you for printing my first letter. Please print this one too, for it corrects you.",
    "Dear editor, your report left out what every fisherman here could have told you.",
    "Sir, I read with sorrow that the old crane is to be sold.",
    "What would you do in my place? I rowed, and I would row again.",
    "It is easy to blame the young. I did so myself until my son showed me his wages.",
    "Do not believe those who tell you that nothing can be done; go and look at the other bank!",
    "So I say to the council: come down from your hill and walk with us for a day.",
    "No, I do not regret it. We had an hour to decide, and you would have done the same.",
    "Well, my answer is simple. I like the work, and the work likes me.",
    "Yes, we were afraid. Who would not be, with water at the door?",
    "I remember the smell of tar, the shouting, the lamps on the quay.",
    "And yet I go back every summer, as you do, and sit on the same wall.",
    "Perhaps I am wrong. If I am, I will be the first to say so in this paper.",
    "Yours, Greta Holm of the upper town.",
    "Liebe Redaktion, ich habe Ihren Bericht zweimal gelesen und bin noch immer erstaunt.",
    "Ich habe dort gearbeitet, und ich weiß, wovon ich rede. Wir haben damals gewarnt!",
    "Señor director, le escribo porque no puedo callarme más.",
    "Yo estuve allí aquella noche y le aseguro que nadie dio la orden.",
    "Monsieur, permettez-moi de vous répondre: je n’ai jamais dit cela.",
)
"""Paragraphs of letters, opinion pieces and answers: a person speaks to others, and all of it is the article."""
SPEAKERS = ("HOLM", "FENN", "Q", "A", "Interviewer", "Holm", "Moderator")
HEADINGS = ("Comments", "12 Comments", "Comments (7)", "Kommentare", "Comentarios", "Commentaires", "Leave a comment")
DATES = ("2 days ago", "14 March 2021 at 18:44", "Mar 3, 2019 8:12 pm", "vor 3 Stunden", "03.02.2020 um 09:14", "5h ago")
ASIDES = (
    ("Sign up for our morning letter", "Enter your e-mail address", "You can leave the list at any time."),
    ("Advertisement",),
    ("Story continues below", "Advertisement"),
    ("Related", "Ferry company names a new head", "Bridge toll to rise in June"),
    ("READ MORE: Mill owner denies the charge",),
    ("Share", "Tweet", "Print"),
    ("Get the coast news every day. Subscribe to our newsletter and never miss a story.",),
    ("Lesen Sie auch", "Fähre bleibt im Hafen", "Maut steigt im Juni"),
    ("Te puede interesar", "El puente cierra en junio"),
    ("This video can not be played",),
)
FEET = (
    (
        "© 2021 The Quay Paper. All rights reserved. No part of this page may be copied without written leave.",
        "Privacy",
        "Contact",
    ),
    ("Popular", "Ferry company names a new head", "Council to vote on harbour tax", "Why the lake turned green"),
    ("By using this site you agree to our terms of use and to our privacy policy.", "Terms", "Imprint"),
    ("Most read", "1", "Lake turns green", "2", "Bridge toll to rise"),
    ("Impressum", "Datenschutz", "AGB", "© Uferblatt 2020"),
    ("Share this article", "Facebook", "X", "WhatsApp"),
)
MENU = ("Home", "News", "Sport", "Weather", "Opinion", "Subscribe", "Log in", "Search", "Politik", "Wirtschaft", "Deportes")
SHORTEST, LONGEST = 3, 14
"""How many paragraphs of an article a made text has."""

Told = list[tuple[str, float | None]]
"""Lines, each with 1 where it is the article's, 0 where it is not, `None` where nothing is said of it."""


def made_texts(title: str, paragraphs: Sequence[str], seed: int) -> Iterator[Told]:
    """The texts made of one article: alone, with comments, with an aside and a foot, or with voices; a seed makes the same."""
    chance = random.Random(seed)
    if len(paragraphs) < SHORTEST:
        return
    size = chance.randrange(SHORTEST, min(LONGEST, len(paragraphs)) + 1)
    article: Told = [(title or "Untitled", None), *((paragraph, 1.0) for paragraph in paragraphs[:size])]
    kind = seed % 6
    if kind == 0:
        yield article
    elif kind in (4, 5):
        yield _spoken(article, chance)
    elif kind in (1, 2):
        yield [*article, *((line, 0.0) for line in _thread(chance))]
    else:
        at = chance.randrange(2, len(article) + 1)
        aside: Told = [(line, 0.0) for line in chance.choice(ASIDES)]
        foot: Told = [(line, 0.0) for line in chance.choice(FEET)]
        head: Told = [(line, 0.0) for line in chance.sample(MENU, chance.randrange(0, 8))]
        yield [*head, *article[:at], *aside, *article[at:], *foot]


def _spoken(article: Told, chance: random.Random) -> Told:
    """An opinion piece or a letter, with or without a report above it, or what two people say in turns."""
    lines = chance.sample(VOICES, chance.randrange(4, 10))
    if chance.random() < 1 / 3:
        speakers = chance.sample(SPEAKERS, 2)
        lines = [f"{speakers[number % 2]}: {line}" for number, line in enumerate(lines)]
    above = article[: chance.choice((1, 1, 2, 4))]
    return [*above, *((line, 1.0) for line in lines)]


def _thread(chance: random.Random) -> Iterator[str]:
    """Readers' comments under a heading, with names and times, or with buttons; bare ones are told by another rule."""
    mark = chance.choice(("heading", "signed", "said", "reply"))
    if mark == "heading":
        yield chance.choice(HEADINGS)
    for comment in chance.sample(COMMENTS, chance.randrange(6, 14)):
        name = chance.choice(NAMES)
        if mark == "signed":
            yield f"{name} {chance.choice(DATES)}"
        elif mark == "said":
            yield f"{name} says:"
        yield comment
        if mark == "reply":
            yield chance.choice(("Reply", "Like · Reply", "Report"))
