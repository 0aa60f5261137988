"""Invented articles on invented events, each with the event that a reader says it is about: what stories are judged by."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PAGE = """<html><head><title>{title}</title><meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="{day}T09:00:00Z"></head><body><article><h1>{title}</h1>
{paragraphs}</article></body></html>"""


class Told(NamedTuple):
    """An article: the event it is about, who printed it on which day, its headline and its paragraphs."""

    event: str
    outlet: str
    day: str
    title: str
    text: str


TOLD = (
    Told(
        "ferry",
        "Arlen Post",
        "2024-06-03",
        "Ferry with 180 on board sinks off Tarn Head",
        "The ferry Marigold sank in heavy seas off Tarn Head on Sunday night with 180 people on board, the coast guard said.\n"
        "At least 12 people were killed and 31 are missing, Commander Ilse Ravn of the coast guard told reporters.\n"
        "Two trawlers and a rescue cutter from Sellin took 137 survivors out of the water before dawn.\n"
        "The owner, Norlin Lines, said that the Marigold had passed its inspection in March.",
    ),
    Told(
        "ferry",
        "Sellin Herald",
        "2024-06-03",
        "Night of rescue: trawlers pull survivors from the sea",
        "Fishermen from Sellin saved more than a hundred people after the Marigold went down near Tarn Head.\n"
        "Skipper Jon Aldous said he heard cries a mile away and steered towards them without lights.\n"
        "The coast guard put the number of dead at 12, and said 31 people had not been found.\n"
        "Norlin Lines, which runs the ferry, set up a telephone line for families in the harbour hall.",
    ),
    Told(
        "ferry",
        "Kestrel Star",
        "2024-06-04",
        "Divers reach wreck as toll climbs",
        "Divers reached the wreck of the Marigold on Tuesday and recovered seven bodies from the lower deck.\n"
        "The death toll stands at 19, Commander Ilse Ravn said, and 24 passengers are still missing.\n"
        "The ferry lies at 40 metres off Tarn Head, with its bow door open.\n"
        "Prosecutors have asked Norlin Lines for the papers of its last inspection.",
    ),
    Told(
        "ferry",
        "Tarn Times",
        "2024-06-06",
        "Bow door under scrutiny",
        "Why was the bow door of the Marigold open? Investigators put that question to Norlin Lines on Thursday.\n"
        "The ferry went down off Tarn Head on Sunday, and 21 people died, according to the coast guard.\n"
        "A former engineer of Norlin Lines, Pia Storm, told the Tarn Times that a lock on the door had been reported in April.\n"
        "The company said it would answer the investigators first.",
    ),
    Told(
        "cold store",
        "Tarn Times",
        "2024-06-04",
        "Fire guts cold store in Tarn Head",
        "A fire destroyed the cold store of Brask Foods in the upper town of Tarn Head on Tuesday morning.\n"
        "Forty firefighters fought the blaze for six hours, fire chief Odd Melin said, and three of them were injured.\n"
        "Some 900 tonnes of fish were lost, and ammonia forced 200 residents of Mill Lane out of their houses.\n"
        "Brask Foods employs 85 people in the town.",
    ),
    Told(
        "cold store",
        "Arlen Post",
        "2024-06-04",
        "Residents flee ammonia cloud",
        "About 200 people had to leave Mill Lane when ammonia leaked from a burning cold store, the fire brigade said.\n"
        "The store belongs to Brask Foods, which keeps frozen fish there for the whole coast.\n"
        "Fire chief Odd Melin said three firefighters were taken to hospital with burns.\n"
        "The fire was put out at noon; its cause is not known.",
    ),
    Told(
        "cold store",
        "Kestrel Star",
        "2024-06-05",
        "Brask Foods vows to rebuild after blaze",
        "Brask Foods will rebuild the cold store that burnt down in Tarn Head, its director Lena Brask said on Wednesday.\n"
        "The company puts the damage at 14 million dollars, and none of its 85 workers will lose their pay.\n"
        "Residents of Mill Lane went back to their homes after the brigade measured no more ammonia.\n"
        "Fire chief Odd Melin praised his crew.",
    ),
    Told(
        "quake",
        "Arlen Post",
        "2024-06-09",
        "Quake of 6.4 hits Ostrel valley",
        "An earthquake of magnitude 6.4 struck the Ostrel valley early on Sunday and brought down houses in Dovrat.\n"
        "At least 40 people were killed and 300 injured, the Interior Ministry said.\n"
        "The quake was felt as far as the capital, and the road between Dovrat and Lisk is closed by rocks.\n"
        "The Seismic Institute counted 22 aftershocks by noon.",
    ),
    Told(
        "quake",
        "Coast Courier",
        "2024-06-09",
        "Villages cut off after tremor in the night",
        "Whole streets lie in ruins in Dovrat after the ground shook for half a minute before dawn.\n"
        "The Interior Ministry said 40 people had died; rescue teams had not reached four villages behind Lisk.\n"
        "“We dug with our hands,” said Teacher Mirel Osk, who pulled two pupils from a house.\n"
        "The Seismic Institute put the magnitude of the earthquake in the Ostrel valley at 6.4.",
    ),
    Told(
        "quake",
        "Sellin Herald",
        "2024-06-11",
        "Toll passes 100 in Ostrel as tents arrive",
        "The number of dead in the Ostrel valley has risen to 112, the Interior Ministry said on Tuesday.\n"
        "The army flew 600 tents into Dovrat, where hundreds of families spent a second night outdoors.\n"
        "Lisk can be reached again by a road that soldiers cleared.\n"
        "Aftershocks go on, the Seismic Institute warned, and people should keep out of damaged houses.",
    ),
    Told(
        "quake",
        "Kestrel Star",
        "2024-06-13",
        "Girl found alive after four days",
        "Rescuers pulled a girl of nine from a cellar in Dovrat on Thursday, four days after the earthquake.\n"
        "Her name is Anka Relis, and doctors in Lisk say she will walk again.\n"
        "The Interior Ministry counts 131 dead in the Ostrel valley and 14 missing.\n"
        "Teams from five countries will leave on Saturday.",
    ),
    Told(
        "blast one",
        "Arlen Post",
        "2024-06-10",
        "Bomb in market of Qasr Veyd kills nine",
        "A bomb hidden in a cart went off in the spice market of Qasr Veyd on Monday and killed nine people, police said.\n"
        "Colonel Tarik Hamun said 27 people were wounded, six of them children.\n"
        "Nobody has said that they did it; police blame the Dawn Front.\n"
        "The blast tore the roof off the old hall where spices are sold.",
    ),
    Told(
        "blast one",
        "Coast Courier",
        "2024-06-10",
        "Spice sellers among the dead",
        "Nine people died when a cart exploded between the stalls of spice sellers in Qasr Veyd.\n"
        "Hospital director Nadia Soul said she had treated 27 wounded people, and four were in danger.\n"
        "Colonel Tarik Hamun of the police spoke of a bomb with a timer and named the Dawn Front.\n"
        "The old hall has lost its roof, and the market stays shut.",
    ),
    Told(
        "blast one",
        "Sellin Herald",
        "2024-06-11",
        "Qasr Veyd buries nine victims of bomb in cart",
        "Thousands walked behind nine coffins in Qasr Veyd on Tuesday, a day after a bomb in a cart tore through the spice "
        "market.\n"
        "Two of the 27 wounded are still in danger, hospital director Nadia Soul said.\n"
        "Police arrested a man who had rented the cart, Colonel Tarik Hamun said.\n"
        "The Dawn Front denied that it had a hand in it.",
    ),
    Told(
        "blast two",
        "Arlen Post",
        "2024-06-17",
        "Car bomb at bus station of Qasr Veyd kills 15",
        "A car bomb killed 15 people at the southern bus station of Qasr Veyd on Monday morning, police said.\n"
        "The car had been parked beside the ticket office at seven, witnesses said, and blew up when the bus from Harran "
        "came in.\n"
        "Governor Salim Ourdi said 41 people were wounded and promised to close the ring road to cars.\n"
        "It was the second attack in the city in a week.",
    ),
    Told(
        "blast two",
        "Kestrel Star",
        "2024-06-17",
        "Passengers from Harran die in explosion",
        "Most of the dead had just stepped off the bus from Harran when a car blew up beside the ticket office.\n"
        "Police in Qasr Veyd counted 15 dead and 41 wounded at the bus station.\n"
        "Governor Salim Ourdi blamed men who had come over the border.\n"
        "The ring road is closed to cars until Friday, he said.",
    ),
    Told(
        "blast two",
        "Coast Courier",
        "2024-06-18",
        "Ring road stays shut after bus station attack",
        "Governor Salim Ourdi kept the ring road of Qasr Veyd closed on Tuesday, after the car bomb that killed 15 at the bus "
        "station.\n"
        "Buses to Harran leave from the football ground for now.\n"
        "One of the 41 wounded died in the night, which brings the toll to 16, a doctor said.\n"
        "A group that calls itself Seventh Column said it had parked the car.",
    ),
    Told(
        "Brennik",
        "Arlen Post",
        "2024-06-20",
        "Shells hit school in Brennik",
        "Shells struck the Third School in Brennik on Thursday and killed four teachers, Mayor Danil Korsh said.\n"
        "No pupils were in the building, since lessons had moved to cellars in May.\n"
        "The Northern Army fired from the hills behind Stary Most, the mayor said.\n"
        "The Northern Army said it had aimed at a depot beside the railway.",
    ),
    Told(
        "Brennik",
        "Sellin Herald",
        "2024-06-20",
        "Four teachers killed as war comes to classroom",
        "Four teachers died in Brennik when shells came through the roof of the Third School, according to Mayor Danil Korsh.\n"
        "They were packing books for the cellars in which pupils have been taught since May.\n"
        "The Northern Army holds the hills near Stary Most and has fired on Brennik for a month.\n"
        "It spoke of a depot at the railway.",
    ),
    Told(
        "Lodva",
        "Arlen Post",
        "2024-06-20",
        "Drones set oil depot in Lodva on fire",
        "Drones of the Northern Army set the oil depot of Lodva on fire on Thursday, the regional governor Vera Stolm said.\n"
        "Two tank drivers were killed, and smoke hung over the Ilm bridge all day.\n"
        "Eleven drones were shot down, said the air defence command.\n"
        "The depot supplies the whole west of the region with diesel.",
    ),
    Told(
        "Lodva",
        "Kestrel Star",
        "2024-06-21",
        "Diesel runs short in west after strike on tanks",
        "Drivers queued for diesel on Friday, a day after drones burnt out the oil depot in Lodva.\n"
        "Governor Vera Stolm said the fire had been put out near the Ilm bridge, and that two drivers of tank lorries had "
        "died.\n"
        "The air defence command says it shot down 11 of 16 drones that the Northern Army sent.\n"
        "Diesel will be sold by the card until Monday.",
    ),
    Told(
        "Lodva",
        "Coast Courier",
        "2024-06-20",
        "Black smoke over Ilm bridge",
        "Smoke from burning tanks darkened the Ilm bridge in Lodva after a drone attack on the oil depot.\n"
        "Two drivers were killed beside their lorries, Governor Vera Stolm wrote.\n"
        "Of 16 drones, 11 were brought down, the air defence command said.\n"
        "Firefighters let the last tank of diesel burn.",
    ),
    Told(
        "roundup",
        "Coast Courier",
        "2024-06-11",
        "The week in brief",
        "Divers went on searching the wreck of the Marigold off Tarn Head, where 21 people died.\n"
        "In Qasr Veyd police looked for those who bombed the spice market.\n"
        "Tents reached Dovrat after the earthquake in the Ostrel valley.\n"
        "Kestrel won the cup by two goals to one, and the price of bread rose by three percent in Sellin.",
    ),
    Told(
        "budget",
        "Sellin Herald",
        "2024-06-04",
        "Council of Sellin passes budget",
        "The council of Sellin passed its budget for the coming year on Tuesday by 14 votes to nine.\n"
        "Mayor Greta Holm will spend 6 million dollars on the harbour wall and close two libraries.\n"
        "The opposition under Per Lund called the cuts to libraries a shame.\n"
        "Parking in the old town will cost two dollars an hour from September.",
    ),
)


def written(folder: Path, told: tuple[Told, ...] = TOLD) -> Path:
    """Writes a page for each article, in their order, and gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(told):
        paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in one.text.split("\n"))
        page = PAGE.format(title=one.title, outlet=one.outlet, day=one.day, paragraphs=paragraphs)
        (folder / f"{number:03}.html").write_text(page, encoding="utf-8")
    return folder
