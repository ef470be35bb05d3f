"""How annual reports write things: the patterns by which a line of text is understood."""

import re

from eds.edition import Edition

NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")
CASE_STUDY = re.compile(r"case study\s+([0-9]+)\s*(?:$|(?:[:.]|[–—-](?=\s))\s*(.*))", re.IGNORECASE)
FIGURE = re.compile(r"(.*?)\s*[(–—-]\s*([0-9.]+)\s*/\s*([0-9]+)\)?")  # "Dementia Vision – 4/12"
DOMAIN = re.compile(r"(?:domain|goal)\s+([0-9]+)\s*[:.–—-]\s*(.+)", re.IGNORECASE)
TOTAL = re.compile(r"(?:panel |overall )?total(?: score)?\s*[:–—-]\s*(.*)", re.IGNORECASE)
POINTS = re.compile(r"(\S+?)(?:\s*/\s*(\S+))?")
COMMENTARY = re.compile(r"(?:(?:additional|panel) )?commentary\s*(?:$|[:–—-]\s*(.*))", re.IGNORECASE)
RECOMMENDATIONS = re.compile(r"recommendations?(?: (?:for|and) actions?)?:?", re.IGNORECASE)
SCORING = re.compile(r"(?:panel )?scor(?:ing|es)(?: by the panel)?:?", re.IGNORECASE)
SCORE = re.compile(r"(.*?)(?:[\s:–—]|-(?=\s))*([^\s:/–—]*)\s*/\s*(\S+)")  # "Patients report …: 2/3"
UNSCORED = re.compile(r"(.*?)[\s:–—-]*not scored", re.IGNORECASE)
RATED = re.compile(
    r"(?:(?:agreed|overall|panel|eds) )?(?:rating|score|grade)\s*[:=–—-]\s*(.+)", re.IGNORECASE
)  # "Rating: 2 - Achieving"
OWNED = re.compile(
    r"(?:(?:action )?owner|lead)(?: ?\(.{1,20}\))?\s*[:–—-]\s*(.+)", re.IGNORECASE
)  # "Owner: Head of access"
EVIDENCE = re.compile(r"evidence\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)  # "Evidence: 45 people told us …"
LONGEST_SCORE = 500  # characters; a longer line is text, and is not searched for a score
TITLE = re.compile(r"equality delivery system|\bEDS2?\b", re.IGNORECASE)
LABEL = re.compile(r"(?:name of )?(organisation|year)\s*:\s*(.+)", re.IGNORECASE)
YEAR_IN_TITLE = re.compile(r"\b(20[0-9]{2})(?:\s*[-–/]\s*(?:20)?([0-9]{2}))?\b")
CONTENTS = re.compile(r"(?:table of )?contents:?", re.IGNORECASE)
CONTENTS_ENTRY = re.compile(r".+(?:\.{3,}|…|\t|\s{2,})\s*[0-9]{1,3}")
LIST_HEADING = re.compile(
    r"case studies and scores|(?:domain [0-9]+ )?outcome areas?|outcomes", re.IGNORECASE
)

# Headings that reports of this kind use, known even where the file does not mark them
SECTIONS = {
    *("background", "introduction", "overview", "context", "summary", "approach", "aims", "objectives"),
    *("achievements", "achievements to date", "challenges", "next steps", "evidence", "impact", "outcomes"),
    *("feedback", "patient feedback", "feedback from service users", "feedback from service providers"),
    *("commissioner reflections", "provider reflections", "reflections", "case studies", "conclusion"),
    *("equality impact", "health inequalities", "engagement", "what we did", "lessons learned"),
}


def folded(text: str) -> str:
    """For comparing words: one space, straight apostrophes, small letters, no full stop at the end."""
    return " ".join(text.replace("’", "'").split()).casefold().rstrip(".: ")


def score(text: str) -> tuple[str, str, str] | None:
    """The words, score and highest score of a text that ends like "…: 2/3"; None where it does not."""
    match = SCORE.fullmatch(text) if len(text) <= LONGEST_SCORE else None
    return match.groups() if match else None


def code_pattern(edition: Edition) -> re.Pattern:
    """A line that starts with the code of an outcome area: "1a) …", "1c. …", "1A: …", "Outcome 1A – …", "1A"."""
    lettered = edition.domains[0].codes[0][-1].isalpha()
    code = r"[0-9]+[A-Za-z]" if lettered else r"[0-9]+\.[0-9]+"
    return re.compile(rf"(?:outcome\s+)?({code})\s*(?:$|(?:[).:]|\s[–—-])\s*(.*))", re.IGNORECASE)
