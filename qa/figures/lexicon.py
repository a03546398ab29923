"""The closed word classes that reading a figure needs; all are general English, none is of one topic."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text as a set; keeps long word lists readable."""
    return frozenset(text.split())


_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: value for value, word in enumerate(_BELOW_TWENTY.split())}
TENS = {word: 10 * count for count, word in enumerate(_TENS.split(), 2)}
SCALES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
SHORT_SCALES: dict[str, float] = {
    "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "b": 1e9, "B": 1e9, "bn": 1e9,
    "bln": 1e9, "tn": 1e12, "trn": 1e12, "T": 1e12,
}  # fmt: skip
VAGUE: dict[str, float] = {
    "dozens": 12, "tens": 10, "scores": 20, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6,
    "billions": 1e9, "trillions": 1e12,
}  # fmt: skip
PARTS_OF_ONE = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
FEW = {"few": (2, 5), "several": (3, 9), "couple": (2, 2)}

DETERMINERS = words(
    "a an the this that these those his her its their our my your some any each every another no all both"
)
PREPOSITIONS = words(
    "about above across after against along amid among around as at before behind below beneath beside besides "
    "between beyond by despite down during except for from in inside into like near of off on onto out outside over "
    "past per since than through throughout till to toward towards under until up upon via with within without "
    "alongside including involving regarding concerning"
)
AUXILIARIES = words(
    "is are was were be been being am has have had having do does did will would shall should can could may might "
    "must cannot can't won't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't"
)
CONJUNCTIONS = words(
    "and or but nor so yet if because although though while whereas when where who whom whose which that what why how "
    "than as since unless once until whether then there here"
)
PRONOUNS = words("i you he she it we they me him her us them itself himself herself themselves")
ADVERBS = words(
    "already also just only even still now then reportedly allegedly apparently currently recently soon later earlier "
    "so far again almost nearly about around roughly approximately once twice ever never not n't together "
    "back away ago today yesterday tomorrow tonight thereafter hence abroad aboard overseas there here more less "
    "officially publicly eventually potentially possibly probably likely essentially further additionally"
)
MODALS = words("will would shall should can could may might must cannot can't")
INTENTIONS = words(
    "plan plans planned planning intend intends intended intending prepare prepares preparing prepared poised set ready "
    "expect expects expected expecting consider considers considering considered promise promises promised pledge "
    "pledges pledged vow vows vowed agree agrees agreed want wants wanted wanting hope hopes hoping aim aims aiming "
    "propose proposes proposed due likely seek seeks seeking sought attempt attempts attempting try tries trying tried "
    "threaten threatens threatened offer offers offered about going decide decides decided decision ordered approve "
    "approves approved potential potentially possible possibly"
)
EXTRA = words("additional another further extra more")

# Verbs that tie a subject to its number ("the toll rose to 45").
LINKING = words(
    "reach reached reaching reaches hit hits hitting rise rises rose risen rising grow grows grew grown growing fall falls "
    "fell fallen falling drop drops dropped dropping increase increases increased increasing decrease decreased decreases "
    "climb climbed climbs climbing jump jumped jumps surge surged soar soared slip slipped slid sink sank dip dipped "
    "total totals totaled totalled totaling totalling stand stands stood standing surpass surpasses surpassed exceed "
    "exceeds exceeded exceeding top tops topped average averages averaged averaging cost costs costing worth valued "
    "estimated priced range ranges ranged ranging remain remains remained measure measures weigh weighs weighed numbered "
    "equal equals equaled amount amounts amounted come comes came become becomes became pay pays paid "
    "earn earns earned receive receives received gain gained lose lost sell sold sells set put puts doubled tripled "
    "double triple seem seems sounds plunged tumbled shrank expanded swelled swell climbing dropped cut raised lowered "
    "include includes included had"
)

SPEECH_VERBS = words(
    "said says say saying told tells tell stated states stating state added adds adding reported reports report "
    "reporting claimed claims claim claiming announced announces announce announcing confirmed confirms confirm "
    "confirming estimated estimates estimate estimating noted notes note noting explained explains argued argues "
    "argue warned warns warn warning revealed reveals reveal revealing indicated indicates indicate indicating "
    "suggested suggests suggest suggesting believes believe believed insisted insists acknowledged acknowledges "
    "admitted admits denied denies alleged alleges asserted asserts predicted predicts predict forecast forecasts "
    "showed shows show found finds declared declares disclosed discloses testified wrote writes tweeted posted "
    "commented comments remarked observed concluded concludes recalled replied responded quoted cited cites put puts "
    "assessed assesses calculated calculates counted recorded documented described describes stressed emphasized "
    "emphasised expressed maintains maintained hinted hints projected projects"
)
STRONG_SPEECH = words(
    "said says say saying told tells stated announced announces reported confirmed confirms claimed claims estimated "
    "estimates revealed reveals suggested suggest suggests indicated indicate indicates noted notes believe believes "
    "warned warns according estimate estimating alleged added adds explained argued insisted acknowledged admitted "
    "asserted predicted predicts stating noting adding warning claiming reporting confirming telling arguing explaining hinting "
    "suggesting indicating showing revealing insisting declared disclosed commented remarked concluded wrote tweeted "
    "report claim announce confirm indicate reveal show shows showed found"
)
REPORT_NOUNS = words(
    "report reports estimate estimates assessment assessments intelligence statement statements figure figures data "
    "survey surveys poll polls study studies document documents analysis census record records statistics sources "
    "source rumours rumors filing filings bulletin briefing investigation count tally dispatch dispatches"
)
ROLE_NOUNS = words(
    "official officials analyst analysts expert experts minister ministers spokesman spokeswoman spokesperson "
    "spokespeople president secretary general ambassador governor mayor police officer officers authorities "
    "authority government ministry agency agencies department company firm group union organisation organization "
    "institute university researchers researcher scientists scientist economist economists doctors doctor "
    "prosecutor prosecutors lawyer lawyers court judge witness witnesses resident residents media newspaper "
    "network broadcaster outlet outlets service military army navy commander commanders leader leaders chief head "
    "director chairman chairwoman executive ceo senator congressman lawmaker lawmakers diplomat diplomats "
    "organiser organisers organizer organizers activists campaigners observers defectors critics regulators "
    "bank office bureau council committee commission board kremlin pentagon state-media agency's analysts"
)

PERSON_NOUNS = words(
    "people person persons man men woman women child children boy boys girl girls adult adults infant infants baby "
    "babies civilian civilians citizen citizens resident residents inhabitant inhabitants refugee refugees migrant "
    "migrants immigrant immigrants evacuee evacuees soldier soldiers troop troops serviceman servicemen servicewoman "
    "servicewomen recruit recruits conscript conscripts reservist reservists mercenary mercenaries fighter fighters "
    "militant militants rebel rebels insurgent insurgents combatant combatants personnel veteran veterans marine "
    "marines sailor sailors paratrooper paratroopers guerrilla guerrillas sapper sappers miner miners deminer "
    "deminers officer officers policeman policemen police guard guards agent agents worker workers employee employees "
    "staff crew staffer staffers job-seeker labourer labourers laborer laborers contractor contractors engineer "
    "engineers doctor doctors nurse nurses medic medics patient patients victim victims survivor survivors casualty "
    "casualties fatality fatalities death deaths dead wounded injured injury injuries hostage hostages prisoner "
    "prisoners inmate inmates detainee detainees captive captives student students pupil pupils teacher teachers "
    "professor professors scientist scientists researcher researchers farmer farmers fisherman fishermen driver "
    "drivers passenger passengers pilot pilots tourist tourists visitor visitors guest guests fan fans spectator "
    "spectators supporter supporters attendee attendees protester protesters protestor protestors striker demonstrator "
    "demonstrators strikers activist activists voter voters candidate candidates lawmaker lawmakers legislator legislators "
    "senator senators minister ministers delegate delegates official officials member members leader leaders "
    "expert experts analyst analysts journalist journalists reporter reporters lawyer lawyers judge judges juror "
    "jurors suspect suspects defendant defendants criminal criminals gunman gunmen attacker attackers terrorist "
    "terrorists customer customers consumer consumers client clients user users subscriber subscribers shareholder "
    "shareholders investor investors buyer buyers owner owners dealer dealers trader traders player players athlete "
    "athletes runner runners swimmer swimmers actor actors artist artists author authors volunteer volunteers "
    "rescuer rescuers firefighter firefighters family-member relative relatives parent parents mother mothers "
    "father fathers son sons daughter daughters brother brothers sister sisters taxpayer taxpayers pensioner "
    "pensioners teenager teenagers youth youths specialist specialists instructor instructors builder builders "
    "operator operators consultant consultants manager managers executive executives participant participants "
    "applicant applicants respondent respondents believer believers worshipper worshippers pilgrim pilgrims monk "
    "monks priest priests nun nuns newcomer newcomers human humans individual individuals friend friends neighbour "
    "neighbours neighbor neighbors commuter commuters cyclist cyclists pedestrian pedestrians motorist motorists "
    "docker dockers toll clearers clearer peacekeeper peacekeepers deserter deserters defector defectors"
)
# A plural noun that does not end in s, or one whose singular looks the same.
IRREGULAR_PLURALS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
    "mice": "mouse", "geese": "goose", "lives": "life", "wives": "wife", "knives": "knife", "halves": "half",
    "wolves": "wolf", "leaves": "leaf", "criteria": "criterion", "data": "data", "media": "media",
    "police": "police", "cattle": "cattle", "aircraft": "aircraft", "personnel": "personnel", "staff": "staff",
    "sheep": "sheep", "fish": "fish", "deer": "deer", "species": "species", "series": "series", "troops": "troop",
    "servicemen": "serviceman", "policemen": "policeman", "gunmen": "gunman", "fishermen": "fisherman",
    "spacecraft": "spacecraft", "crew": "crew", "headquarters": "headquarters", "dead": "dead", "wounded": "wounded",
}  # fmt: skip

# Words beside which a bare number is a name, not a count ("Flight 370", "Article 5").
LABEL_NOUNS = words(
    "article section chapter page pages verse paragraph clause figure fig table appendix annex rule law resolution "
    "bill act title amendment flight highway route road interstate exit junction motorway bus line track platform "
    "gate terminal room suite floor apartment apt unit house box channel radio level stage phase part volume vol "
    "episode season book lesson type class grade category model version mark mk series windows apollo boeing airbus "
    "lot plot district ward precinct zone sector area block building station pier hangar grid game round week day "
    "round heat lane no number nr lap group pool team squad division brigade regiment battalion corps studio "
    "formula catch psalm opus symphony iphone ipad galaxy playstation xbox tier step item question task exhibit "
    "count case docket order patent"
)

# Coarse classes of a counted thing's state: what happened, is happening or may happen to it.
STATE_CLASSES: dict[str, frozenset[str]] = {
    "killed": words(
        "kill killed kills killing die died dies dying dead death deaths fatality fatalities slain perish perished drowned "
        "murdered executed toll killings fatal bodies"
    ),
    "wounded": words(
        "wound wounded wounding injure injured injuring injuries injury hurt maimed hospitalised hospitalized"
    ),
    "missing": words("missing unaccounted disappeared"),
    "casualty": words("casualty casualties"),
    "lost": words("lost lose loses losing"),
    "freed": words("release released releasing freed free rescued saved exchanged"),
    "capacity": words("capacity accommodate accommodates accommodating seat seats seating"),
    "captive": words(
        "capture captured captives captive arrest arrested arrests detain detained detainees jailed imprisoned "
        "prisoner prisoners hostage hostages kidnapped abducted held"
    ),
    "training": words("train trained training trains prepare preparing drill drilled drilling"),
    "recruited": words(
        "recruit recruited recruiting recruitment recruits enlist enlisted enlisting conscript conscripted mobilise "
        "mobilised mobilize mobilized mobilizing mobilising hire hired hiring draft drafted"
    ),
    "displaced": words(
        "displace displaced evacuate evacuated evacuating flee fled fleeing homeless sheltered sheltering housed "
        "staying slept sleeping lodged"
    ),
    "present": words(
        "send sends sent sending deploy deploys deployed deploying deployment dispatch dispatched dispatching arrive "
        "arrived arrives arriving station stationed based present moved moving shipped transferred posted massed "
        "fighting fought deliver delivered delivers delivering supplied supplies supply provide provided "
        "provides"
    ),
    "harmed": words("damage damaged destroy destroyed destroying collapse collapsed burned burnt flooded"),
    "withdrawn": words("withdraw withdrew withdrawn withdrawing returned pulled"),
}

# Nouns for which a measure word in front only says how they come together ("a contingent of 3,000").
COLLECTIVES = words(
    "contingent group force batch wave convoy crowd fleet total number deployment army team unit band column "
    "consignment shipment cohort detachment delegation staff population"
)
SYNONYMS: tuple[frozenset[str], ...] = (
    words("troop soldier serviceman servicewoman fighter force personnel combatant mercenary recruit "
              "conscript paratrooper infantryman"),
    words("person people human individual man woman resident inhabitant citizen"),
    words("death dead fatality casualty victim toll body corpse"),
    words("injury injured wounded"),
    words("worker employee staff job post position labourer laborer staffer"),
    words("migrant refugee immigrant"),
    words("pupil student"),
    words("child kid minor"),
    words("car vehicle automobile"),
    words("house home dwelling"),
    words("company firm business"),
    words("ship vessel boat"),
    words("plane aircraft airplane jet"),
    words("protester protestor demonstrator"),
    words("pay wage salary compensation earning payment"),
    words("police policeman officer"),
    words("prisoner captive detainee inmate"),
)  # fmt: skip
