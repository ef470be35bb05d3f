"""The groups that every organisation starts with: code and name, in order."""

IMPORTED_SOURCE = "Named in an imported report"


def name_of(code: str) -> str:
    """A name made from a code, for a group that nobody named: "people-in-care" is "People in care"."""
    return code.replace("-", " ").capitalize()


PROTECTED_SOURCE = "Equality Act 2010, section 4"
PROTECTED = (
    ("age", "Age"),
    ("disability", "Disability"),
    ("gender-reassignment", "Gender reassignment"),
    ("marriage-and-civil-partnership", "Marriage and civil partnership"),
    ("pregnancy-and-maternity", "Pregnancy and maternity"),
    ("race", "Race"),
    ("religion-or-belief", "Religion or belief"),
    ("sex", "Sex"),
    ("sexual-orientation", "Sexual orientation"),
)
INCLUSION_SOURCE = "Inclusion health groups named by NHS England; edit to fit your area"
INCLUSION = (
    ("homelessness", "People who experience homelessness"),
    ("drug-and-alcohol-dependence", "People with drug and alcohol dependence"),
    ("vulnerable-migrants-and-refugees", "Vulnerable migrants and refugees"),
    ("gypsy-roma-and-traveller", "Gypsy, Roma and Traveller communities"),
    ("contact-with-the-justice-system", "People in contact with the justice system"),
    ("victims-of-modern-slavery", "Victims of modern slavery"),
    ("sex-workers", "Sex workers"),
    ("other-marginalised-groups", "Other marginalised groups"),
)
