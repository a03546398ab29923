"""Spellings of units and currencies that CLDR leaves out, and those of its own that mislead in prose."""

from __future__ import annotations

from .lexicon import words

CURRENCY_SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "元": "CNY", "₴": "UAH", "₪": "ILS",
    "₺": "TRY", "฿": "THB", "₫": "VND", "₦": "NGN", "₱": "PHP", "₿": "BTC", "₸": "KZT", "₾": "GEL", "₡": "CRC",
    "₭": "LAK", "₮": "MNT", "₲": "PYG", "₵": "GHS", "₼": "AZN", "֏": "AMD", "៛": "KHR",
}  # fmt: skip
DOLLAR_PREFIXES = {
    "US": "USD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "NT": "TWD", "CA": "CAD", "MX": "MXN", "EC": "XCD",
    "TT": "TTD", "C": "CAD", "A": "AUD", "S": "SGD", "R": "BRL", "Z": "ZWL", "N": "NAD", "J": "JMD", "B": "BSD",
}  # fmt: skip
# A name shared by several countries' money stands for the one that news means by it when it names no country, or for
# itself where news means no one of them.
CURRENCY_ALIASES = {
    "dollar": "USD", "dollars": "USD", "u.s. dollars": "USD", "u.s. dollar": "USD", "american dollars": "USD",
    "bucks": "USD", "pounds sterling": "GBP", "pound sterling": "GBP", "sterling": "GBP", "euro": "EUR",
    "euros": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "ruble": "RUB", "rubles": "RUB",
    "rouble": "RUB", "roubles": "RUB", "russian roubles": "RUB", "rupee": "INR", "rupees": "INR", "franc": "CHF",
    "francs": "CHF", "peso": "MXN", "pesos": "MXN", "won": "KRW", "korean won": "KRW", "lira": "TRY",
    "liras": "TRY", "hryvnia": "UAH", "hryvnias": "UAH", "hryvnya": "UAH", "shekel": "ILS", "shekels": "ILS",
    "rand": "ZAR", "reais": "BRL", "brazilian reais": "BRL", "riyals": "SAR", "riyal": "SAR", "dirhams": "AED",
    "dirham": "AED", "krona": "SEK", "kronor": "SEK", "kroner": "NOK", "krone": "NOK", "forint": "HUF",
    "forints": "HUF", "cent": "cent", "cents": "cent", "pence": "penny", "penny": "penny", "pennies": "penny",
    "bitcoin": "BTC", "bitcoins": "BTC", "canadian dollars": "CAD", "netherlands guilder": "NLG",
    "guilders": "NLG", "pesetas": "ESP", "peseta": "ESP", "chinese yuan": "CNY", "indonesian rupiah": "IDR",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "cny": "CNY", "chf": "CHF", "inr": "INR",
    "crown": "crowns", "crowns": "crowns", "swedish crowns": "SEK", "norwegian crowns": "NOK", "danish crowns": "DKK",
    "czech crowns": "CZK", "koruna": "CZK", "korunas": "CZK", "dinar": "dinars", "dinars": "dinars",
    "deutsche marks": "DEM", "deutschmarks": "DEM", "turkish lira": "TRY", "sri lankan rupee": "LKR",
}  # fmt: skip
NOT_A_CURRENCY = words(
    "real reals mark marks sum som sol soles dollar dollars pound pounds unit units account rand dong lat lats tala top "
    "pataca rial leone leones colon cruzado baht gold silver drams dram pula dobra won lei leu lev"
)
NOT_AN_ISO_PREFIX = frozenset({"ALL", "TOP", "TRY", "CUP", "MOP", "PEN", "GEL", "BAM", "SOS", "MAD", "LAK"})

# CLDR identifiers that get a code other than their short symbol.
UNIT_CODES = {
    "angle-degree": "°", "temperature-generic": "°", "mass-ton": "ton", "volume-dram": "dram",
    "volume-cup": "cup", "area-acre": "acres", "volume-barrel": "bbl", "speed-knot": "kn",
}  # fmt: skip
UNIT_ALIASES = {
    "km": "km", "kms": "km", "kilometer": "km", "kilometers": "km", "kilos": "kg", "kilo": "kg", "kgs": "kg",
    "tonne": "t", "tonnes": "t", "metric ton": "t", "metric tons": "t", "lbs": "lb", "pound mass": "lb",
    "miles an hour": "mph", "mile an hour": "mph", "kph": "km/h", "kmh": "km/h", "kmph": "km/h", "km/hr": "km/h",
    "kilometers an hour": "km/h", "kilometres an hour": "km/h", "km an hour": "km/h", "km per hour": "km/h",
    "kilometre per hour": "km/h", "mph": "mph", "sq ft": "sq ft", "sq km": "km²", "sq miles": "sq mi",
    "sq meters": "m²", "sq metres": "m²", "square km": "km²", "cubic metres": "m³", "hectare": "ha",
    "hectares": "ha", "celsius": "°C", "centigrade": "°C", "degree celsius": "°C", "degrees celsius": "°C",
    "degrees centigrade": "°C", "deg celsius": "°C", "celcius": "°C", "centigrate": "°C", "degrees c": "°C",
    "deg c": "°C", "degree c": "°C", "° celsius": "°C", "° c": "°C", "°c": "°C", "fahrenheit": "°F",
    "farenheit": "°F", "degree fahrenheit": "°F", "degrees fahrenheit": "°F", "degrees farenheit": "°F",
    "deg fahrenheit": "°F", "degrees f": "°F", "degree f": "°F", "deg f": "°F", "° fahrenheit": "°F", "°f": "°F",
    "° f": "°F", "degree": "°", "degrees": "°", "deg": "°", "°": "°", "kwh": "kWh", "kelvin": "K", "foot": "ft",
    "watt hour": "Wh", "watt hours": "Wh", "megawatt hour": "MWh", "megawatt hours": "MWh",
    "gigawatt hours": "GWh", "terawatt hours": "TWh", "barrel": "bbl", "barrels": "bbl", "bps": "basis points",
    "basis point": "basis points", "basis points": "basis points", "microgramme": "μg", "microgrammes": "μg",
    "hrs": "hours", "hr": "hours", "mins": "minutes", "secs": "seconds", "yrs": "years", "exabyte": "EB",
    "exabytes": "EB", "nautical mile": "nmi", "fluid ounces": "fl oz", "inch": "in", "cm": "cm", "mm": "mm",
    "ft": "ft", "kg": "kg", "mg": "mg", "tablespoons": "tbsp", "times": "times", "pound feet": "lbf⋅ft",
    "teaspoons": "tsp", "hp": "hp", "kw": "kW",
}  # fmt: skip
SYMBOL_ALIASES = {
    "ml": "mL", "cl": "cL", "dl": "dL", "l": "L", "mb": "Mb", "Wh": "Wh", "MWh": "MWh", "GWh": "GWh", "TWh": "TWh",
    "TW": "TW", "GJ": "GJ", "MJ": "MJ", "MeV": "MeV", "GeV": "GeV", "TeV": "TeV", "kV": "kV", "kt": "kt", "Mt": "Mt",
    "bpd": "bbl/day", "p": "penny", "b/d": "bbl/day", "bcm": "bcm", "µg": "μg", "mcg": "μg", "µm": "μm", "kmh": "km/h",
    "KB": "kB", "kph": "km/h", "Ghz": "GHz", "ghz": "GHz", "Mhz": "MHz", "mhz": "MHz", "Kg": "kg", "KG": "kg", "Km": "km",
    "KM": "km", "kmph": "km/h", "rpm": "rpm", "Gbps": "Gbps", "Mbps": "Mbps", "sqm": "m²", "sqft": "sq ft",
    "tpd": "ton/day", "km squared": "km²", "m squared": "m²", "cm squared": "cm²", "mm squared": "mm²",
    "mSv": "mSv", "μSv": "μSv", "µSv": "μSv", "Sv": "Sv", "mGy": "mGy", "Gy": "Gy", "Bq": "Bq",
}  # fmt: skip
# Unit names that in running text are far more often something else.
NOT_A_UNIT = words(
    "point points night nights bar bars pinch pinches drop drops light quarter quarters revolution revolutions "
    "jigger jiggers grain grains stones em ems dot dots item items percent of"
)
SAFE_SYMBOLS = (
    words(
        "km kg mg cm mm mL L m g t lb oz ft mi yd ha mph km/h m/s km² m² km³ m³ cm³ sq mi sq ft GB MB TB PB kB Mb Gb GHz MHz "
        "kHz Hz kW MW GW W kWh J kJ eV kcal hp psi mbar hPa kPa MPa tbsp tsp bbl °C °F ° nm μm μg pm cl dm cL dL dg nmi "
        "rad gal qt sq km km2 m2 K"
    )
    | {"sq mi", "sq ft", "sq km", "fl oz"}
    | frozenset(SYMBOL_ALIASES) - {"l", "kt", "mb", "p"}
)
PER_NOUNS = {
    "second": "second", "sec": "second", "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour",
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year", "annum": "year",
    "night": "night", "share": "share", "barrel": "barrel", "ton": "ton", "tonne": "tonne", "kilo": "kg",
    "kilogram": "kg", "kg": "kg", "km": "km", "kilometre": "km", "kilometer": "km", "mile": "mile",
    "pound": "pound", "ounce": "ounce", "gallon": "gallon", "litre": "litre", "liter": "litre", "head": "head",
    "capita": "capita", "person": "person", "dozen": "dozen", "unit": "unit", "bushel": "bushel", "ms": "millisecond",
    "millisecond": "millisecond", "gram": "gram", "gramme": "gram", "game": "game", "household": "household",
    "decade": "decade", "century": "century", "piece": "piece", "ticket": "ticket", "h": "hour", "s": "second",
}  # fmt: skip
PERIOD_ADVERBS = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
    "nightly": "night", "per annum": "year", "a head": "head", "apiece": "unit",
}  # fmt: skip
