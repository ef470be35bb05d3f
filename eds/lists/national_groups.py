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
CORE20PLUS5_SOURCE = "Core20PLUS5, NHS England’s approach to healthcare inequalities; edit to fit your area"
CORE20PLUS5 = (
    ("core20-most-deprived-areas", "People who live in the most deprived 20% of areas"),
    ("plus-ethnic-minority-communities", "Ethnic minority communities"),
    ("plus-learning-disability-or-autism", "People with a learning disability and autistic people"),
    ("plus-multiple-long-term-conditions", "People with multiple long-term health conditions"),
    ("plus-coastal-communities", "People in coastal communities with hidden deprivation"),
    ("five-maternity", "Women from ethnic minorities or deprived areas who use maternity services"),
    ("five-severe-mental-illness", "People with severe mental illness"),
    ("five-chronic-respiratory-disease", "People with chronic respiratory disease"),
    ("five-early-cancer-diagnosis", "People who need an early diagnosis of cancer"),
    ("five-high-blood-pressure", "People with high blood pressure or high cholesterol"),
    ("five-children-asthma", "Children and young people with asthma"),
    ("five-children-diabetes", "Children and young people with diabetes"),
    ("five-children-epilepsy", "Children and young people with epilepsy"),
    ("five-children-oral-health", "Children who need treatment for tooth decay"),
    ("five-children-mental-health", "Children and young people who use mental health services"),
)
