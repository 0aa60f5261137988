"""Words of the invented sentences: many of each kind, so that a construction is learnt and not its words."""

from __future__ import annotations

import random

PEOPLE = (
    "people civilians soldiers police/officers children women villagers workers miners passengers rebels militants "
    "guerrillas protesters students refugees fighters residents patients prisoners tourists fishermen farmers men migrants "
    "nurses teachers hostages sailors rescuers firefighters pilgrims fans families households troops officers guards "
    "drivers suspects inmates aid/workers journalists peacekeepers settlers"
).split()
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty forty 13 14 15 17 19 22 26 31 37 48 52 61 74 "
    "85 120 150 240 300 460 500 700 1,200 1,204 2,500 4,600 8,000 12,000 40,000 92,706 137,000 6000 15000"
).split()
MANY = "hundreds thousands dozens scores tens".split()
HARMED = (
    "killed wounded injured hurt arrested displaced evacuated kidnapped rescued detained hospitalised infected stranded"
).split()
HARM = (
    "killed:killing wounded:wounding injured:injuring buried:burying displaced:displacing affected:affecting "
    "trapped:trapping stranded:stranding"
).split()
CAUSES = (
    "bomb/blast flood landslide earthquake shell drone/strike explosion car/bomb air/strike fire storm avalanche gunman "
    "cyclone quake mudslide tornado cholera/outbreak stampede clash collapse crash heatwave typhoon attack raid shooting "
    "ambush"
).split()
VEHICLES = "bus train ferry boat plane helicopter truck minibus tanker van lorry coach".split()
HAPPENED = "crashed overturned sank capsized derailed collided plunged burned exploded collapsed".split()
STRUCK = "struck hit swept devastated destroyed damaged flattened flooded shook ravaged attacked shelled stormed".split()
THINGS = (
    "homes houses schools villages bridges hospitals buildings roads shops vehicles farms tents clinics factories churches "
    "mosques boats fields power/lines crops"
).split()
THING = (
    "hospital school market church factory hotel mosque police/station camp convoy bridge power/plant village airport dam"
).split()
OFFICES = (
    "police officials authorities rescuers doctors witnesses residents medics activists aid/workers investigators "
    "prosecutors diplomats health/officials security/officials hospital/sources emergency/services state/media "
    "local/officials"
).split()
BODIES = (
    "army ministry governor mayor hospital agency government company union court police military council charity airline "
    "utility commission board party health/ministry defence/ministry interior/ministry coast/guard news/agency fire/service "
    "electoral/commission weather/service aid/group human/rights/group president foundation embassy parliament"
).split()
CHIEFS = (
    "spokesman spokeswoman head chief director official representative coordinator chairman leader commander member"
).split()
TITLES = (
    "Minister/NNP President/NNP Governor/NNP Mayor/NNP General/NNP Colonel/NNP Captain/NNP Senator/NNP Dr./NNP "
    "Professor/NNP Judge/NNP Inspector/NNP Ambassador/NNP Bishop/NNP"
).split()
FIRSTS = "Interior Health Defence Foreign Prime Finance Deputy Police".split()
NAMES = (
    "Anna Jon Ilse Tomas Peter Elena Maria Ahmed Fatima Li Amina Carlos Rosa Ivan Olga Kofi Yaw Ravi Priya Hassan Layla "
    "Jean Marie Hans Greta Omar Samir Nadia Pedro Lucia Kwame Ngozi Tariq Zoya David Sarah Michael Laura"
).split()
FIELDS = "Health Defence Education Energy Agriculture Transport Justice Labour Finance Water".split()
SUBJECTS = (
    "Human/Rights Civil/Defence Public/Health Disaster/Relief Refugee/Affairs Food/Security Road/Safety Peace Statistics"
).split()
HOUSES = "Institute Centre Observatory Office Agency Commission Board Council Network Department Bureau Committee".split()
PRESS = "Radio News Times Post Television Herald Tribune Agency".split()
SIDES = "northern southern eastern western coastal central remote mountainous".split()
AREAS = "town city village district province region state capital island suburb".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
SAID = "said said said said reported confirmed announced added stated".split()
CLAIMED = "said warned claimed estimated believed feared denied insisted acknowledged noted argued suggested found".split()
ADJECTIVES = "young armed elderly foreign local innocent unarmed displaced pregnant wounded government opposition".split()
MONEY = "marks francs crowns pesos dollars euros pounds rupees shillings tolars".split()

STARTS = "m k t v d s b l r n h g f p qu z ch sh st br dr kr tr al el ar or am b k".split()
VOWELS = "a e i o u a e o ai ou ia".split()
ENDS = "n r l rn lm sk nd t k s v rt st m rk ng".split()
TAILS = ["", "", "a", "o", "i", "ia", "an", "ov", "ez", "ton", "berg", "pur", "stan", "abad", "ville", "shire"]


def made_up(chance: random.Random) -> str:
    """Returns a made word that could be a name."""
    parts = [chance.choice(STARTS), chance.choice(VOWELS)]
    if chance.random() < 0.5:
        parts += [chance.choice(STARTS), chance.choice(VOWELS)]
    word = "".join(parts) + chance.choice(ENDS) + chance.choice(TAILS)
    return word[0].upper() + word[1:]
