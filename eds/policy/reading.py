"""The policy, part 1: who may see what. Each queryset's `visible_to` is made from one of these entries."""

from eds import stages
from eds.policy.rule import (
    ADMINISTRATOR,
    ALL,
    ANYBODY,
    AUTHOR,
    DECLARED,
    DECLARED_SOME,
    INSIDE,
    LEAD,
    MEMBER,
    OWNER,
    PANEL,
    PARTNER,
    PARTNER_LEAD,
    PARTNER_READER,
    PARTNER_SCORER,
    READER,
    SCORER,
    SCORERS,
    SIGNED_IN,
    UNCONFIRMED,
    UNINFORMED,
    WRITER,
    Bar,
    Rule,
)

NOT_REVEALED = "You can see other members’ scores once scoring has closed."
NOT_CONFIRMED = (
    "The equality lead has not confirmed that you are on the panel, so you can only see your own scores."
)
NOT_AGREED = "You can read the report once the panel has agreed its scores."
NOT_PUBLISHED = "You can read the report once it is published."
OTHER_DOMAINS = "You are on the panel for other domains, so you do not score this case study."
READS_LATER = Bar(
    why="You declared an interest in a case study, so you can read the report once the panel has agreed its scores.",
    at=(stages.MEETING,),
)
SCORES_OF_MEMBERS = "Only the panel and the equality lead can see the scores of panel members."
SCORING_OPENED = (stages.SCORING, *stages.REVEALED)
REPORT = {LEAD: stages.REVEALED, MEMBER: stages.REVEALED, AUTHOR: (*stages.REVEALED, stages.PUBLISHED)}
REPORT |= dict.fromkeys((UNCONFIRMED, READER), (*stages.REVEALED, *stages.APPROVED))
REPORT_EARLY = {LEAD: NOT_REVEALED, MEMBER: NOT_REVEALED, UNCONFIRMED: NOT_CONFIRMED}
REPORT_EARLY |= {AUTHOR: NOT_PUBLISHED, READER: NOT_AGREED}
BUT_THE_LEAD_ALWAYS = Rule(
    of="review",
    may=REPORT | {LEAD: ALL},
    early=REPORT_EARLY,
    barred={DECLARED_SOME: Bar(why=READS_LATER.why, at=READS_LATER.at, spares=(LEAD,))},
)

READING = {
    "see_framework": Rule(of="framework", may={ADMINISTRATOR: ALL, SIGNED_IN: ("in_use", "retired")}),
    "see_organisation": Rule(
        of="organisation", may=dict.fromkeys((ADMINISTRATOR, LEAD, AUTHOR, READER), ALL)
    ),
    "see_publication": Rule(of="review", may={ANYBODY: ALL}),
    "see_review": Rule(of="review", may=dict.fromkeys(INSIDE, ALL)),
    "read_case_study": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, READER, WRITER), ALL) | dict.fromkeys(SCORERS, SCORING_OPENED),
        once_ready=SCORERS,
    ),
    "read_draft": Rule(of="case_study", may=dict.fromkeys((LEAD, WRITER), ALL)),
    "read_file": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, WRITER, READER, PARTNER_LEAD, PARTNER_READER, PARTNER_SCORER), ALL)
        | dict.fromkeys(SCORERS, SCORING_OPENED),
        once_ready=(READER, *SCORERS, PARTNER_LEAD, PARTNER_READER, PARTNER_SCORER),
    ),
    "see_shared": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, PARTNER_LEAD, PARTNER_READER, PARTNER_SCORER), ALL),
        once_ready=(PARTNER_READER, PARTNER_SCORER),
    ),
    "see_own_scores": Rule(of="case_study", may={OWNER: ALL}),
    "see_scores": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, SCORER), stages.REVEALED),
        only=SCORES_OF_MEMBERS,
        instead={UNCONFIRMED: NOT_CONFIRMED, MEMBER: OTHER_DOMAINS},
        early=NOT_REVEALED,
        barred={
            DECLARED: Bar(why="You declared an interest in this case study, so you cannot see its scores.")
        },
    ),
    "see_meeting": Rule(
        of="review",
        may=dict.fromkeys((LEAD, MEMBER), stages.REVEALED),
        only=SCORES_OF_MEMBERS,
        instead={UNCONFIRMED: NOT_CONFIRMED},
        early=NOT_REVEALED,
    ),
    "see_agreed_scores": Rule(
        of="case_study",
        may=REPORT | {PARTNER: (stages.AGREED,)},
        early=NOT_AGREED,
        barred={DECLARED: READS_LATER},
    ),
    # Once scores are revealed on the page of the meeting, then in the report: where the search leads to.
    "find_commentary": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, SCORER), stages.REVEALED)
        | dict.fromkeys((MEMBER, UNCONFIRMED, READER), (*stages.REVEALED, *stages.APPROVED))
        | {AUTHOR: REPORT[AUTHOR]},
        barred={DECLARED: READS_LATER},
    ),
    "see_self_assessment": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, AUTHOR, *PANEL), ALL) | {READER: (*stages.REVEALED, *stages.APPROVED)},
        barred={UNINFORMED: Bar(why=NOT_REVEALED, at=stages.BEFORE_REVEAL)},
    ),
    "see_report": Rule(
        of="review",
        may=REPORT,
        early=REPORT_EARLY,
        barred={DECLARED_SOME: READS_LATER},
    ),
    "see_recommendations": BUT_THE_LEAD_ALWAYS,
    # Without the scores of case studies that are not revealed, or in which the person declared an interest.
    "preview_report": BUT_THE_LEAD_ALWAYS,
    "see_what_became": Rule(
        of="review",
        may=dict.fromkeys(PANEL, (stages.PUBLISHED,)),
        only="Only members of its panel can see what became of their scores.",
        early="The report is not published. You can see what became of your scores once it is.",
    ),
    "see_checks": Rule(
        of="review",
        may={LEAD: stages.REVEALED},
        only="Only the equality lead can check the report before it is published.",
        early=NOT_REVEALED,
        barred={DECLARED_SOME: READS_LATER},
    ),
    "see_changes": Rule(of="review", may=dict.fromkeys((ADMINISTRATOR, LEAD), ALL)),
    "see_changes_of_judgements": Rule(
        of="case_study",
        may=dict.fromkeys((ADMINISTRATOR, LEAD), stages.REVEALED),
        barred={DECLARED: READS_LATER},
    ),
    "see_paper": Rule(
        of="review",
        may=dict.fromkeys((LEAD, *PANEL), ALL),
        only="Scoring sheets are for the panel and the equality lead.",
    ),
    "print_sheet": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, *SCORERS), ALL),
        only="Scoring sheets are for the panel and the equality lead.",
        instead=dict.fromkeys(PANEL, OTHER_DOMAINS),
    ),
    "follow_workshop": Rule(
        of="review",
        may=dict.fromkeys(PANEL, ALL),
        only="Only panel members can take part in a workshop.",
    ),
    "see_workshop": Rule(
        of="review",
        may={LEAD: (stages.SCORING, *stages.REVEALED)},
        only="Only the equality lead can run a workshop.",
        early="You can open a workshop once scoring is open.",
    ),
    "see_panel": Rule(of="review", may={LEAD: ALL}, only="Only the equality lead can manage the panel."),
    "see_offers": Rule(
        of="review",
        may={LEAD: ALL},
        only="Only the equality lead can accept case studies of other organisations.",
    ),
}
