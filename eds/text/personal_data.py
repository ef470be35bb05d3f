"""Words in a text that may point to a private person, with where they stand, so that a page can mark them.

It finds NHS numbers, e-mail addresses and telephone numbers of persons, and home addresses. No list of numbers tells
whose they are, so these are rules of thumb, made so that a report can always be mended:

- An NHS number has ten digits of which the last is right (modulus 11; NHS Data Dictionary, "NHS NUMBER"), written
  whole, 3 3 4 or digit by digit, or in any groups after the words "NHS number".
- An e-mail address is a person's where it is at a provider of private mail, or reads like a name (jane.smith@…).
  One with a word for a team or a task (pals@…, stw.equality@…) is a mailbox of many.
- A telephone number that begins with 03, 05, 08 or 09, and a short one like 111, belongs to an organisation (Ofcom,
  "National Telephone Numbering Plan"). A mobile or personal number (07) is a person's unless the words before it say
  that it is a text line, helpline or duty phone. A number with an area code (01, 02) is a person's unless its line
  names a team, service or place, and also where its line speaks of a home or of "my" number.
- A home address is a house number and street before a postcode. Services have addresses too, so the check before
  publication leaves these to the eye.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

NHS_NUMBER, EMAIL, TELEPHONE, ADDRESS = "NHS number", "e-mail address", "telephone number", "address"


@dataclass(frozen=True, order=True)
class Span:
    """`text[start:end]` holds personal data of the `kind`."""

    start: int
    end: int
    kind: str


def personal_data(text: str, *, known: Collection[str] = ()) -> tuple[Span, ...]:
    """What in the text may point to a private person, from the left; no two spans overlap.

    `known` are words of organisations' names: with them an address like three.valleys@… is no person's.
    """
    hidden = ADDRESSES_OF_PAGES.sub(lambda match: " " * len(match[0]), text)
    places = [
        *_nhs_numbers(hidden),
        *_emails(text, {word.casefold() for word in known}),
        *_telephones(hidden),
        *(Span(*match.span(), ADDRESS) for match in HOME.finditer(text)),
    ]
    return tuple(_apart(sorted(places)))


def _apart(spans: list[Span]) -> Iterator[Span]:
    end = 0
    for span in spans:
        if span.start >= end:
            end = span.end
            yield span


# The digits in a link or DOI are nobody's number.
ADDRESSES_OF_PAGES = re.compile(r"\bhttps?://\S+|\bwww\.\S+|\b10\.\d{4,9}/\S+", re.IGNORECASE)

GAP = r"[ \u00a0\u2007\u2009\u202f.\u2010\u2011-]"
NHS_FORMS = re.compile(
    rf"(?<![\w+£$])(?<![0-9][.,/-])(?:[0-9]{{10}}|[0-9]{{3}}({GAP})[0-9]{{3}}\1[0-9]{{4}}|[0-9](?:[ \u00a0][0-9]){{9}})"
    r"(?![\w%]|[.,/-][0-9])"
)
NAMED_NHS_NUMBER = re.compile(
    rf"\bNHS[ -]?(?:numbers?|no\.?|num\.?|nr\.?|#)[\s:=(]*(?:is\s+|was\s+)?([0-9](?:{GAP}?[0-9]){{9}})(?!{GAP}?[0-9])",
    re.IGNORECASE,
)
BOOK_NUMBER = re.compile(r"\bISBN(?:-10)?[:\s]*$", re.IGNORECASE)  # has the same check digit


def _nhs_numbers(text: str) -> Iterator[Span]:
    for match in NAMED_NHS_NUMBER.finditer(text):
        if is_nhs_number(match[1]):
            yield Span(*match.span(1), NHS_NUMBER)
    for match in NHS_FORMS.finditer(text):
        if is_nhs_number(match[0]) and not BOOK_NUMBER.search(
            text[max(0, match.start() - 12) : match.start()]
        ):
            yield Span(*match.span(), NHS_NUMBER)


def is_nhs_number(text: str) -> bool:
    """Whether the ten digits in the text are a valid NHS number.

    None begins with 0 in England, and one digit ten times is a stand-in, though its check digit is right.
    """
    digits = [int(character) for character in text if character in "0123456789"]
    if len(digits) != 10 or digits[0] == 0 or len(set(digits)) == 1:
        return False
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


EMAIL_ADDRESS = re.compile(
    r"(?<![\w.+-])([a-z0-9][\w.+'’-]{0,63})@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})\b", re.IGNORECASE
)
PRIVATE_MAIL = re.compile(
    r"(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|icloud|me|mac|aol|proton|protonmail|gmx|zoho"
    r"|btinternet|btopenworld|virginmedia|ntlworld|blueyonder|talktalk|tiscali|sky|plusnet|orange|mail|fastmail)"
    r"\.(com|co\.uk|net|me|org|uk|de)"
)
# Words of shared mailboxes: the long ones also inside a word (ludworthcarers@…), the short ones alone
LONG_TEAM_WORDS = re.compile(
    r"access|advice|advoca|appointment|booking|bureau|career|carers|centre|charity|clinic|communi|complaint|contact"
    r"|council|customer|dementia|diversity|enquir|equalit|events|experience|feedback|finance|foundation|governance"
    r"|health|helpdesk|helpline|hospital|inclusi|information|involve|library|maternity|member|network|newsletter"
    r"|noreply|office|ombudsman|outreach|partner|patient|pharmacy|practice|privacy|project|quality|reception|recruit"
    r"|referral|registr|report|research|safeguard|screening|secretar|service|stakeholder|support|survey|switchboard"
    r"|therap|training|union|volunteer|wellbeing|website|workforce"
)
SHORT_TEAM_WORDS = re.compile(
    r"admin|board|care|comms|data|dpo|edi|eds|event|foi|forum|ftsu|general|groups?|gp|help|hr|hub|icb|ics|ig|inbox"
    r"|info|jobs|mail|mailbox|media|news|nhs|org|pals|panel|people|press|public|reply|staff|teams?|trust|web|women"
    r"|youth"
)
PARTS = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[^\W\d_]+['’]?[^\W\d_]*(?:[._-][^\W\d_]+['’]?[^\W\d_]*){1,3}\d{0,4}")


def _emails(text: str, known: set[str]) -> Iterator[Span]:
    for match in EMAIL_ADDRESS.finditer(text):
        if _is_persons(match[1].casefold(), match[2].casefold(), known):
            yield Span(*match.span(), EMAIL)


def _is_persons(local: str, domain: str, known: set[str]) -> bool:
    owner = domain.split(".")[0]
    for word in PARTS.findall(local):
        if word in known or (len(word) > 3 and word in owner):
            return False
        if SHORT_TEAM_WORDS.fullmatch(word) or LONG_TEAM_WORDS.search(word):
            return False
    return bool(PRIVATE_MAIL.fullmatch(domain) or NAME.fullmatch(local))


# An area or mobile code, with or without brackets, then one to four more groups
NUMBER = re.compile(
    rf"(?<![\w+.,/£$-])(?:(?:\+|00){GAP}?44{GAP}?(?:\(0\){GAP}?)?|\(?(?=0))\(?0?[127][0-9]{{1,4}}\)?"
    rf"(?:{GAP}?[0-9]{{2,8}}){{1,4}}(?![\w%]|[/-][0-9])"
)
PUBLIC_LINE = re.compile(
    r"\b(help ?line|text ?line|text ?phone|crisis line|minicom|(?:text|sms|texting) service|sms line"
    r"|duty (?:phone|mobile|number|worker)|(?:team|work|office|service)(?:[’']s)? (?:mobile|phone)"
    r"|text (?:us|the (?:\w+ ){0,3}(?:team|service|clinic)))\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
PRIVATE = re.compile(
    r"(?i:\b(?:my|his|her|their|(?:patient|carer|resident|member)(?:[’']s|s[’']))\s+(?:\w+\s+){0,2}"
    r"(?:number|phone|telephone|tel|mobile|landline|home)\b"
    r"|\b(?:mother|mum|father|dad|wife|husband|son|daughter|neighbour)\b|\bat home\b)"
    r"|\b(?:Mr|Mrs|Ms|Miss)\b\.? [A-Z]"
)
PLACE = re.compile(
    r"\b(advice|advocacy|appointments?|booking|bureau|cent(?:re|er)|charity|clinics?|council|departments?|desk"
    r"|enquir(?:y|ies)|foundation|group|healthwatch|helpline|hospice|hospital|hubs?|icb|infirmary|office|our|pals"
    r"|partnership|pharmacy|practice|reception|school|secretary|services?|society|support|surgery|switchboard|teams?"
    r"|trust|union|unit|ward|(?:call|contact|phone|ring|telephone) us)\b",
    re.IGNORECASE,
)
END_OF_SENTENCE = re.compile(r"[.!?…][”’\"')]*\s|\n")
REACH = 150  # characters to either side in which the words around a number are looked for


def _telephones(text: str) -> Iterator[Span]:
    for match in NUMBER.finditer(text):
        national = _national(match[0])
        if national is not None and _is_private(national, *_around(text, match)):
            yield Span(*match.span(), TELEPHONE)


def _national(written: str) -> str | None:
    """The ten or eleven digits that one dials in the UK, from the first 0; None for another number of digits."""
    digits = "".join(character for character in written if character in "0123456789")
    if written[0] == "+" or digits.startswith("0044"):
        digits = "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    wanted = (11,) if digits.startswith(("07", "02")) else (10, 11)
    return digits if len(digits) in wanted else None


def _around(text: str, match: re.Match) -> tuple[str, str]:
    """What its sentence says before and after the number. Before "Tel:" alone on a line, the line above counts."""
    before = text[max(0, match.start() - REACH) : match.start()].rstrip(" (")
    line = before.rpartition("\n")[2]
    if len(line.split()) <= 1:
        before = f"{before[: len(before) - len(line)].rstrip()} {line}"
    ends = [end.end() for end in END_OF_SENTENCE.finditer(before)]
    after = END_OF_SENTENCE.split(text[match.end() : match.end() + REACH], maxsplit=1)[0]
    return before[ends[-1] if ends else 0 :], after


def _is_private(national: str, before: str, after: str) -> bool:
    if national.startswith("07"):
        return not PUBLIC_LINE.search(before)
    return bool(PRIVATE.search(before) or not PLACE.search(f"{before} {after}"))


HOME = re.compile(
    r"\b(?:[Ff]lat\s+\d+[a-z]?,?\s+)?\d{1,4}[a-z]?,?\s+(?:[A-Z][\w’'-]+\s+){1,4}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Court|Crescent|Way|Place|Terrace|Gardens|Grove|Hill|Row|Walk)\b"
    r"[^\n]{0,60}?\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
)
