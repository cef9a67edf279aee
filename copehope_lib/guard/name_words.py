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
    crystal dawn mila flor candida regina perpetua sol gracia piedad caridad natividad paloma
    esmeralda socorro felicidad cielo luce sole allegra costanza candela concha reina pastora
    salud reyes loreto nazaret magnolia azucena modesta prudencia purificacion trinidad lila
    bruna coral lady junior noel marine hazel holly robin pepe lupe fiamma clemence victoire
    tecla maya melba
""")
EL_WORDS: Final = _set("pilar rocio sol alba alma consuelo amparo cielo socorro")
"""Those that are words with "el": a woman of that name would be "la"."""

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
    juzgado hotel teatro teatre theatre cine cinema
""")
BODIES: Final = _set("""
    embassy embajada ambaixada ambasciata consulate consulado consolat consolato ministry
    ministerio ministeri ministero convention convenio conveni convenzione treaty tratado
    tractat trattato code codigo codi codice statute estatuto estatut statuto regulation
    reglamento reglament regolamento directive directiva direttiva agency agencia agenzia
    academy academia accademia bank banco banc banca college colegio collegi collegio liceo
    committee comite comitat comitato commission comision comissio commissione council consejo
    consell consiglio court tribunal corte faculty facultad facultat facolta federation
    federacion federacio federazione garden gardens jardin jardines jardi jardins giardino
    giardini palace palacio palau palazzo tower torre mosque mezquita mesquita moschea
    filmoteca cineteca festival market mercado mercat mercato office oficina ufficio
    department departamento departament dipartimento sindicato sindicat sindacato union room
    sala aula building edificio edifici
""")
"""Institutions, laws and buildings, where they have a capital."""

_COMMON: Final = (
    PLACES
    | INSTITUTIONS
    | _set("""
    creu cruz croce red cross roja rossa verde barcelona milano milan madrid roma rome torino
    napoli catalunya cataluna catalonia lombardia italia italy espana espanya spain badalona
    raval besos llobregat hospitalet activa bosco gnocchi orione calabria ambrosiana
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
    lamia alice ester marian daria vivian lucio guido tomas armando amando fausto donato delfino
    delfina patrizio mariano florentino martirio magdalena margarita melisa pepito angelica
    angelico liana terry jimmy robin gregorian bautista evangelista nacho charo roman clare
    bernarda feliciano paulina norman andrei marciano alondra jazmin augusto augusta fortunato
    custodio giacinto chucho panfilo
""")

# What follows a name when somebody says, wants or does what only people do.
TELLING: Final = _set("""
    told tells said says asked asks wants wanted called calls wrote writes thinks feels slept
    sleeps lives lived works worked arrived left moved cried spoke speaks cooked phoned rang
    texted refused agreed signed prefers preferred attended joined waits waited stayed forgot
    nos me le les dijo dice pidio pide llamo llama quiere conto explico pregunto cree durmio
    duerme vive vivia trabaja llego llega salio vino empezo empieza necesita prefiere acepto
    firmo lloro llora hablo habla conocio trajo sigue volvio vuelve
    ens em diu ha vol truca demana viu treballa arriba comenca dorm necessita prefereix parla
    explica plora torna surt va
    ci mi gli ha vuole chiede chiama racconta scrive lavora arriva dorme comincia preferisce
    piange esce abita resta vorrebbe
""")

# Between a name and what is told of it: "Hope still waits", "Hope has left".
BEFORE_TELLING: Final = _set("""
    still also already never always just now only really soon often rarely
    ya todavia tambien tampoco siempre nunca hoy ayer ja encara tambe sempre mai avui ahir
    gia ancora anche sempre mai oggi ieri non no
""")

# What begins sentences and stands before a verb without being anybody's name.
OPENERS: Final = _set("""
    i you he she it we they who what this that these those one someone somebody everyone
    everybody nobody anyone anybody others both each all none many most some few today yesterday
    tonight tomorrow now then later afterwards again also still never always often sometimes
    soon finally meanwhile nevertheless however maybe perhaps here there
    yo tu el ella ello nosotros nosotras ellos ellas usted ustedes quien alguien nadie ninguna
    ninguno cada una uno otra otro otras otros ambas ambos algunas algunos todas todos muchas
    muchos pocas ayer anteayer anoche hoy manana luego despues antes ahora entonces ya aun
    todavia tambien tampoco nunca siempre casi solo quizas tal acaso apenas aqui alli ahi asi
    mientras cuando donde como si no se que porque aunque pero incluso
    jo ell ells elles nosaltres voste qui algu ningu cap alguna alguns algunes altra altre
    altres ambdues tothom tots totes moltes ahir abans avui dema despres llavors
    aleshores ara encara ja tambe tampoc mai sempre gairebe nomes potser aqui alla aixi mentre
    quan on com si no es que perque pero
    io lui lei loro noi voi chi qualcuno qualcuna nessuno nessuna ognuna ognuno altra altro
    altre altri entrambe alcune alcuni tutte tutti molte molti poche ieri oggi domani stasera
    stamattina stanotte poi dopo prima adesso ora allora gia ancora anche neanche nemmeno mai
    sempre quasi solo forse qui qua cosi mentre quando dove come non si che perche ma finalmente
    intanto inoltre pure
""")

# Poems, films and songs are by people who are known for them.
WORKS: Final = _set("""
    poem poems poema poemas poemes poesia poesie film films movie pelicula peliculas novel
    novela novella romanzo libro llibre book song cancion canco canzone concert concierto
    concerto obra opera quadro cuadro quadre exposicion exposicio mostra painting
""")
BY: Final = _set("by of de del di")

# After these, "in", "at" and "en" lead to somebody.
AT_SOMEBODY: Final = _set("""
    trust trusts trusted confide confides confided believe believes believed interested angry
    mad shout shouts shouted look looks looked laugh laughs laughed smiled confia confiar
    piensa pensar pensando cree creer fija fiducia crede credere
""")

# After going or coming, "a" leads to a place; "to" leads as well back to somebody.
GOING: Final = _set("""
    voy va van vamos ir iba iban fue fui fueron fuimos ido viaje viajo viajar llegar llego
    llegaron vuelta volver volvio volvieron mudarse mudo traslado salida excursion
    anar anem van anat anada viatge viatjar arribar torna tornar sortida
    andare andata andato andate andati vado vanno andiamo gita viaggio arrivata arrivate
    arrivare trasferita trasferirsi tornata tornare scesa scende
""")
TO: Final = _set("a al")

# What follows one of these is what somebody called a thing.
CALLED_THINGS: Final = _set("""
    sala aula room edificio edifici building furgoneta coche cotxe macchina auto van car bus
    color colour colore marca brand bar barco nave ship radio
""")
