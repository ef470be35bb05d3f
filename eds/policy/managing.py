"""The policy, part 4: who manages stages, panels, organisations and frameworks."""

from eds import stages
from eds.policy.rule import ADMINISTRATOR, ALL, LEAD, PANEL, SIGNED_IN, Rule

MEMBERS_STAY = "The report is being approved or is published, so the panel can no longer change."
ONLY_WHILE_SCORING = "You can only send reminders while scoring is open."


def _administrator(of: str, only: str) -> Rule:
    return Rule(of=of, may={ADMINISTRATOR: ALL}, only=only)


def _administrator_and_lead(only: str) -> Rule:
    return Rule(of="organisation", may=dict.fromkeys((ADMINISTRATOR, LEAD), ALL), only=only)


MANAGING = {
    "move_review": Rule(
        of="review", may={LEAD: ALL}, only="Only the equality lead can move a review to another stage."
    ),
    "set_closing_date": Rule(
        of="case_study",
        may={LEAD: (*stages.BEFORE_REVEAL, stages.OPEN)},
        only="Only the equality lead can set the closing date for scoring.",
        late="Scoring has closed.",
    ),
    "change_panel": Rule(
        of="review",
        may={LEAD: (stages.OPEN,)},
        only="Only the equality lead can manage the panel.",
        late=MEMBERS_STAY,
    ),
    "accept_place": Rule(
        of="review",
        may={SIGNED_IN: stages.NOT_AGREED},
        only="Sign in to take your place on the panel.",
        late=MEMBERS_STAY,
    ),
    "remind": Rule(
        of="review",
        may={LEAD: (stages.SCORING, stages.OPEN)},
        only="Only the equality lead can manage the panel.",
        early=ONLY_WHILE_SCORING,
        late=ONLY_WHILE_SCORING,
    ),
    "choose_naming": Rule(
        of="review",
        may=dict.fromkeys(PANEL, (stages.OPEN,)),
        only="You are not on this panel.",
        late="The report is being approved or is published. Ask the equality lead to change how it names you.",
    ),
    "withdraw_publication": Rule(
        of="review",
        may=dict.fromkeys((ADMINISTRATOR, LEAD), ALL),
        only="Only the equality lead and administrators can withdraw what was published.",
    ),
    "manage_messages": Rule(
        of="review",
        may={LEAD: ALL},
        only="Only the equality lead can see and change which messages are sent.",
    ),
    "leave_panel": Rule(
        of="review",
        may=dict.fromkeys(PANEL, (stages.OPEN,)),
        only="You are not on this panel.",
        late=MEMBERS_STAY,
    ),
    "declare_interest": Rule(
        of="case_study",
        may=dict.fromkeys(PANEL, (*stages.NOT_AGREED, stages.OPEN)),
        only="Only panel members can declare an interest.",
        late="The panel has agreed its scores. Tell the equality lead about your interest.",
    ),
    "withdraw_interest_of_other": Rule(
        of="review",
        may=dict.fromkeys((LEAD, ADMINISTRATOR), (stages.OPEN,)),
        only="Only the equality lead and administrators can withdraw the interest of a panel member.",
        late=MEMBERS_STAY,
    ),
    "withdraw_interest": Rule(
        of="case_study",
        may=dict.fromkeys(PANEL, (*stages.BEFORE_REVEAL, stages.OPEN)),
        only="Only panel members can declare an interest or withdraw it.",
        late="Scoring has closed. Ask the equality lead to withdraw your declaration.",
    ),
    "start_review": Rule(
        of="organisation",
        may={LEAD: ALL},
        only="Only an equality lead starts a review, for their own organisation.",
    ),
    "import_report": Rule(
        of="organisation",
        may={LEAD: ALL},
        only="Only an equality lead imports a report, for their own organisation.",
    ),
    "manage_frameworks": _administrator("framework", "Only administrators can change outcome areas."),
    "manage_organisations": _administrator(
        "organisation", "Only administrators can add and change organisations."
    ),
    "see_administration": _administrator("organisation", "Only administrators can see this page."),
    "name_administrators": _administrator(
        "organisation", "Only administrators can see and add administrators."
    ),
    "manage_accounts": _administrator("organisation", "Only administrators can see and close accounts."),
    "manage_people": _administrator_and_lead(
        "Only the equality lead of the organisation and administrators can manage its people."
    ),
    "manage_abbreviations": _administrator_and_lead(
        "Only the equality lead of the organisation and administrators can manage its abbreviations."
    ),
    "change_brand": _administrator_and_lead(
        "Only the equality lead of the organisation and administrators can change its logo and colour."
    ),
    "manage_groups": _administrator_and_lead(
        "Only the equality lead of the organisation and administrators can manage its groups."
    ),
    "manage_national_groups": _administrator(
        "organisation", "Only administrators can change the equality groups of all organisations."
    ),
    "manage_lists": _administrator(
        "organisation", "Only administrators can change these lists of all organisations."
    ),
    "write_objectives": Rule(
        of="organisation",
        may={LEAD: ALL},
        only="Only the equality lead of the organisation can manage its equality objectives.",
    ),
}
