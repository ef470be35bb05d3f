"""What the columns of a table are, by the words at their head."""

import re
from dataclasses import dataclass

from reports.reading.questions import INVISIBLE

DOMAIN, OUTCOME, STATEMENT, SERVICE = "domain", "outcome", "statement", "service"
EVIDENCE, RATING, SELF, OWNER, REASON = "evidence", "rating", "self-assessment", "owner", "reason"
OBJECTIVE, ACTION, DUE, STATUS = "objective", "action", "due", "status"
TOTAL = "total"

KNOWN = {  # by role, the whole of a column's name; the first that fits
    DOMAIN: r"domains?|goals?|eds ?2? (?:domain|goal)",
    STATEMENT: r"(?:what it says|statement|description|wording|outcome (?:statement|description|wording))",
    OUTCOME: r"(?:eds ?(?:2|2022)? )?outcomes?(?: areas?)?(?: ?(?:/|and|&) ?(?:scor(?:e|es|ing)|ratings?|grades?))?"
    r"(?: (?:no\.?|number|code|reference|ref))?"
    r"|ref(?:erence)?|code|area|(?:eds )?(?:criteri(?:on|a)|standards?|indicators?)",
    SERVICE: r"(?:name of )?(?:the )?services?(?: name)?|service area",
    SELF: r"(?:self|own|organisation'?s?|trust'?s?|provisional|proposed|draft)[ -](?:own )?"
    r"(?:assess(?:ed|ment)?[ -]?)?(?:scor(?:e|ing)|rating|grade)?(?: ?/ ?(?:score|rating|grade))?"
    r"|(?:our |(?:the )?(?:trust|organisation|icb)'?s? )?(?:own )?self[- ]?assess(?:ed|ment)"
    r"(?: (?:scor(?:e|ing)|rating|grade))?",
    TOTAL: r"(?:(?:domain|service|overall|panel|sub) ?-?)?totals?(?: (?:score|rating|points|mark)s?)?"
    r"(?: ?\(?(?:out of |/ ?)[0-9]+\)?)?",
    RATING: r"(?:(?:agreed|final|panel'?s?|moderated|overall|eds|stakeholders?'?) )*"
    r"(?:scor(?:e|es|ing)|ratings?|grad(?:e|es|ing)|level)"
    r"(?: ?(?:/|and|or) ?(?:score|rating|grade|level))?(?: ?\(?0 ?(?:-|–|to) ?3\)?)?",
    REASON: r"(?:rationale|reasons?|justification)(?: for (?:the )?(?:score|rating|grade))?",
    OWNER: r"(?:owners?|leads?|responsible(?: (?:officer|person|lead))?|dept ?/ ?lead|department|action owner|"
    r"by who[m]|who|accountable(?: officer)?|lead(?: officer| person)|responsibility)"
    r"(?:/(?:lead|owner|dept))?(?: ?\((?:dept|department)(?: ?/ ?| or )lead\))?",
    DUE: r"(?:target |planned |expected )?(?:completion|due|target|end|by when|when|deadlines?|time ?scales?|"
    r"timeframe)(?: dates?)?|date(?: (?:for|of) completion)?|complete by",
    STATUS: r"status|progress(?: status)?|rag(?: (?:rating|status))?|complete\??",
    OBJECTIVE: r"(?:related |linked |eds )*(?:equality )?objectives?",
    ACTION: r"(?:completed |key |agreed |planned )*(?:actions?|activit(?:y|ies))"
    r"(?: ?/ ?(?:activity|activities|action))?"
    r"(?: (?:required|to be taken|taken|planned))?|recommendations?|next steps?"
    r"|what (?:will we|are we going to|do we need to) .{1,30}|what we (?:will|plan to|are going to) .{1,30}",
    EVIDENCE: r"(?:the |our |key |supporting |summary of )*(?:evidence|narrative)"
    r"(?: (?:base|summary|provided|of the outcome))?"
    r"|(?:our |key |summary of )*findings|evidence.{0,40}|narrative.{0,40}|what we .{1,40}|how .{1,60}",
}
PATTERNS = {role: re.compile(pattern) for role, pattern in KNOWN.items()}
RATING_WORDS = re.compile(r"\b(?:scor(?:e|es|ing)|ratings?|grad(?:e|es|ing))\b", re.IGNORECASE)
EVIDENCE_WORDS = re.compile(r"\b(?:evidence|narrative)\b", re.IGNORECASE)
OWNER_WORDS = re.compile(r"\b(?:owners?|leads?)\b", re.IGNORECASE)
ENDS = " :–—-/()|,"
LONGEST = 100  # characters of a column's name
YEARS = re.compile(r"(?:20)?\d\d(?:\s*[-/–]\s*(?:20)?\d\d)?")


@dataclass(frozen=True, kw_only=True)
class Column:
    """`role` is "" where the name isn't one that we know; `about` is the service or year that the name adds."""

    name: str
    role: str = ""
    about: str = ""
    is_known: bool = False  # is the name nothing but the role?

    @property
    def is_year(self) -> bool:
        return YEARS.fullmatch(self.about) is not None


def column_of(name: str) -> Column:
    """What a column of that name holds: "Rating", "Maternity rating", "Owner (Dept/Lead)"."""
    name = " ".join(name.translate(INVISIBLE).split())
    plain = name.casefold().replace("’", "'").strip(" :*")
    role = next((role for role, pattern in PATTERNS.items() if pattern.fullmatch(plain)), "")
    role = role if len(plain) <= LONGEST else ""
    if role:
        return Column(name=name, role=role, is_known=True)
    if len(name) <= LONGEST:
        for role, words in ((RATING, RATING_WORDS), (EVIDENCE, EVIDENCE_WORDS), (OWNER, OWNER_WORDS)):
            if words.search(name):
                return Column(name=name, role=role, about=" ".join(words.sub(" ", name).split()).strip(ENDS))
    return Column(name=name)


def is_head(names: list[str]) -> bool:
    """Are these the names of columns? At least two that we know, or one and nothing else."""
    columns = [column_of(name) for name in names if name]
    known = [column for column in columns if column.role]
    return bool(known) and (len({column.role for column in known}) > 1 or len(known) == len(columns))
