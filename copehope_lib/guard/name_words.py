"""What is a name and what is none: first names, and words that stand where names might.

Compared without case and accents. First names are kept in a file of their own, one a line.
"""

from importlib.resources import files
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIRST_NAMES: Final = _set(
    files("copehope_lib.guard").joinpath("first_names.txt").read_text("utf-8")
)

# First names that are also ordinary words or places.
ALSO_WORDS: Final = _set("""
    hope joy faith grace mercy blessing precious patience promise peace love favour favor gift
    glory comfort charity destiny success beauty miracle wisdom princess queen endurance happy
    happiness treasure praise rejoice evidence justice innocent bright lucky angel rose iris
    daisy jasmine lily ivy mark frank victoria florence sofia mercedes alba rosa luz paz gloria
    esperanza speranza soledad consuelo dolores remedios milagros rocio nieves pilar marina
    belen fatima lourdes guadalupe asuncion concepcion santiago domingo blanca bianca clara
    chiara linda bella dulce perla celeste serena viola violeta margherita stella estrella luna
    aurora vera mia pia gioia grazia vittoria letizia fortuna marco marc pau neus roser ona
    montserrat merce bruno franco christian sana nada mina vida ama amparo virginia alma
    angeles mira iman asma rabia milagro massimo fanta assunta pasquale jesus amor jade ruby
    crystal dawn mila flor candida regina perpetua
""")

# What follows one of these, also after "de", is named after a person and is none.
PLACES: Final = _set("""
    san sant santa santo santi sants saint st sta sto calle carrer plaza placa piazza piazzale
    avenida avinguda viale via corso passeig paseo ronda rambla parc parque parco barri barrio
    quartiere hospital ospedale basilica iglesia esglesia chiesa parroquia parrocchia
""")
SMALL_PLACES: Final = _set("calle carrer plaza placa piazza viale hospital ospedale")

# What stands beside one of these is the name of an institution.
INSTITUTIONS: Final = _set("""
    casa centro centre center servei serveis servicio servicios servizio servizi service
    services fundacio fundacion fondazione foundation associacio asociacion associazione
    association cooperativa ayuntamiento ajuntament comune caritas escuela escola scuola school
    institut instituto istituto universitat universidad universita university biblioteca
    library museu museo museum metro station estacion estacio stazione street square road park
    clinic policlinico cap asl cas sai cpia ong ngo onlus questura prefettura projecte proyecto
    progetto project programa programme programma consultorio residencia municipio tribunale
    juzgado
""")

_COMMON: Final = (
    PLACES
    | INSTITUTIONS
    | _set("""
    creu cruz croce red cross roja rossa verde barcelona milano milan madrid roma rome torino
    napoli catalunya cataluna catalonia lombardia italia italy espana espanya spain badalona
    gracia raval besos llobregat hospitalet activa bosco gnocchi orione calabria ambrosiana
    africa west western north northern south southern east eastern central latin latina america
    europa europe asia asian african european oest occidental occidentale oriental orientale
    norte nord sur sud este est oriente orient medio mitja middle caribbean caribe carib
    caraibi sahel maghreb magreb balkans balcani balcanes subsahariana sierra leone costa ivory
    coast burkina faso republica republic dominicana dominican united kingdom states union cabo
    cape guinea ecuatorial bissau rica puerto german nigeria ghana morocco quijote marruecos
    marocco romania albania ukraine brazil brasil colombia monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october
    november december christmas easter ramadan eid english spanish catalan italian french
    arabic i nie nif dni tie iom oim unhcr acnur soc sepe ue eu whatsapp google teams zoom
    office town hall city council social sociales socials sociali health card police women
    womens dona dones mujer mujeres donna donne group course language job welcome module
    training state civil sagrada familia nou barris sos racisme espanola espanyola italiana
    pidgin day morning evening plan
""")
)

SHORT_TITLES: Final = _set(
    "sr sra srta sig sigra mr mrs ms dr dra dott dottssa prof profra profssa avv sgt st sta sto"
)
TITLES: Final = (SHORT_TITLES - PLACES) | _set("""
    signor signora signorina senor senora senorita senyor senyora miss madam madame dottor
    dottore dottoressa doctor doctora don dona sor suor
""")
NAMELESS: Final = _COMMON | TITLES
PARTICLES: Final = _set("de del dels la las los les d da dos das di della y i e")

# First names that are ordinary words in small letters: looked for with a capital only.
LIKE_WORDS: Final = _set("""
    marcia lamine florin costina salvatore immacolata patrizia florentina georgiana cristiana
    cristiano cristian christian emilia emiliano benedetta benedict clement fortunata goodluck
    heather hector rosario rosetta rosemary concetta martin carol harry diana lidia paolo salma
    lamia alice ester marian daria
""")

# What follows a name that is also a word when somebody says or wants something.
TELLING: Final = _set("""
    told tells said says asked asks wants wanted called calls wrote writes thinks feels
    nos me le les dijo dice pidio pide llamo llama quiere conto explico pregunto cree
    ens em diu ha vol truca demana ci mi gli vuole chiede chiama racconta scrive
""")
