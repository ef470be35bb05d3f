"""Who sees which row of a review, and who may do what, at which stages: what tests/test_policy.py expects.

A stage of the case study is named where it changes; its people stay until the next that is named. "approval" and
"published" say the same of reviews at these stages; a review at a stage that is not named is as the one before. The
people, all of the cast's review unless said: `declared` declared an interest in the case study, `declared_lead` too,
who left the panel and is equality lead; `other_author` writes none of its case studies; `other_domain` is a member for
another domain, `wrote_it` for this one and its author; `left` left the panel; `guest` joined a workshop and is
confirmed, `unconfirmed` is not. `there_…` belong to the organisation whose review shows the case study too, `stranger`
leads a third one.
"""

PEOPLE = (
    "administrator lead declared_lead author other_author reader chair member other declared other_domain wrote_it "
    "left guest unconfirmed there_lead there_author there_reader there_member there_other_domain stranger public"
)
LEADS = "lead declared_lead"
SCORERS = "chair member other declared guest unconfirmed"  # for the domain of the case study
NO_SCORERS = "other_domain wrote_it"  # on the panel, but not of this case study
ON_PANEL = f"{SCORERS} {NO_SCORERS}"
REVEALED_TO = "lead chair member other guest"  # once scoring has closed
INSIDE = f"{LEADS} author other_author reader {ON_PANEL}"
SHOWN_TO = "there_lead there_reader there_member"
THERE = f"{SHOWN_TO} there_author there_other_domain"
SIGNED_IN = PEOPLE.removesuffix(" public")
NOBODY = ""
READERS = f"{LEADS} author reader {SCORERS}"

BEFORE = f"{LEADS} author reader"  # while it is being written
LATE = "declared declared_lead"  # who declared an interest, once it is agreed
AUTHORS = "author other_author"  # they read no agreed score before the report is published
APPROVED_TO = f"lead reader chair member other guest unconfirmed {NO_SCORERS}"
REPORT = {
    "writing": NOBODY,
    "meeting": f"{REVEALED_TO} {NO_SCORERS}",
    "agreed": f"{REVEALED_TO} {NO_SCORERS} {LATE}",
    "approval": {"writing": NOBODY, "meeting": APPROVED_TO, "agreed": f"{APPROVED_TO} {LATE}"},
    "published": {"writing": NOBODY, "meeting": f"{APPROVED_TO} {AUTHORS}", "agreed": INSIDE},
}
AGREED = REPORT | {
    "agreed": f"{REVEALED_TO} {NO_SCORERS} {LATE} {THERE}",
    "approval": REPORT["approval"] | {"agreed": f"{APPROVED_TO} {LATE} {THERE}"},
    "published": REPORT["published"] | {"agreed": f"{INSIDE} {THERE}"},
}
RECOMMENDED = {
    "writing": LEADS,
    "meeting": f"{REVEALED_TO} {NO_SCORERS} declared_lead",
    "agreed": f"{REVEALED_TO} {NO_SCORERS} {LATE}",
    "approval": REPORT["approval"] | {"writing": LEADS, "meeting": f"{APPROVED_TO} declared_lead"},
    "published": REPORT["published"]
    | {"writing": LEADS, "meeting": f"{APPROVED_TO} {AUTHORS} declared_lead"},
}
ASSESSED = {"writing": f"{LEADS} author other_author", "meeting": f"{LEADS} author other_author {ON_PANEL}"}
WHO_SEES: dict[str, dict] = {
    "review": {"writing": INSIDE},
    "case study": {"writing": BEFORE, "scoring": READERS},
    "case study that is not ready": {"writing": f"{LEADS} reader"},
    "evidence as it is gathered": {"writing": f"{LEADS} author"},
    "file": {"writing": f"{BEFORE} {SHOWN_TO}", "scoring": f"{READERS} {SHOWN_TO}"},
    "file of a draft": {"writing": f"{LEADS} author"},
    "shared case study": {"writing": f"{LEADS} {SHOWN_TO}"},
    "score": {"writing": "other", "meeting": REVEALED_TO},
    "agreed score": AGREED,
    "commentary": AGREED,
    "self-assessment": ASSESSED | {"approval": ASSESSED | {"meeting": INSIDE}},
    "domain choice": REPORT,
    "recommendation": RECOMMENDED,
    "publication": {"writing": PEOPLE},
    "found: version": {"writing": BEFORE, "scoring": READERS, "published": NOBODY},
    "found: draft": {"writing": f"{LEADS} author", "scoring": NOBODY, "approval": NOBODY},
    "found: commentary": REPORT
    | {"meeting": REVEALED_TO, "agreed": f"{REVEALED_TO} {LATE}", "published": NOBODY},
    "found: recommendation": RECOMMENDED | {"published": NOBODY},
    "found: publication": {"writing": PEOPLE},
    "entry of the audit log": {"writing": f"administrator {LEADS}"},
    "entry about a judgement": {
        "writing": NOBODY,
        "meeting": "administrator lead",
        "agreed": f"administrator {LEADS}",
    },
    "upload": {"writing": "lead"},
    "objective": {"writing": f"administrator {LEADS} author other_author reader"},
    "organisation": {"writing": f"administrator {LEADS} author other_author reader"},
    "framework in use": {"writing": SIGNED_IN},
    "draft framework": {"writing": "administrator"},
}

WHO_SCORE = "chair member other guest unconfirmed"
# Who may do what, for each action of the policy that changes something of a review or a case study.
WHO_MAY: dict[str, dict] = {
    "change_header": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "add_case_study": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "change_case_study": {"writing": LEADS, "scoring": NOBODY, "approval": {"writing": NOBODY}},
    "write": {"writing": f"{LEADS} author", "scoring": NOBODY, "approval": {"writing": NOBODY}},
    "accept_text": {"writing": LEADS, "scoring": NOBODY, "approval": {"writing": NOBODY}},
    "correct_text": {"writing": NOBODY, "scoring": LEADS, "approval": {"writing": NOBODY}},
    "self_assess": {"writing": f"{LEADS} author", "scoring": NOBODY, "approval": {"writing": NOBODY}},
    "show_self_assessment": {"writing": LEADS, "scoring": NOBODY, "approval": {"writing": NOBODY}},
    "share": {"writing": LEADS},
    "accept_shared": {"writing": NOBODY},
    "take_in_shared": {"writing": NOBODY},
    "end_sharing": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "have_sheet": {"writing": WHO_SCORE},
    "score": {"writing": NOBODY, "scoring": WHO_SCORE, "meeting": NOBODY, "approval": {"writing": NOBODY}},
    "change_scores": {
        "writing": NOBODY,
        "scoring": WHO_SCORE,
        "agreed": NOBODY,
        "approval": {"writing": NOBODY},
    },
    "enter_sheet": {"writing": NOBODY, "scoring": "lead", "meeting": NOBODY, "approval": {"writing": NOBODY}},
    "enter_sheets": {"writing": NOBODY, "scoring": LEADS, "meeting": NOBODY, "approval": {"writing": NOBODY}},
    "run_workshop": {"writing": NOBODY, "scoring": LEADS, "meeting": NOBODY, "approval": {"writing": NOBODY}},
    "close_code": {"writing": NOBODY, "scoring": LEADS},
    "score_in_workshop": {
        "writing": NOBODY,
        "scoring": ON_PANEL,
        "meeting": NOBODY,
        "approval": {"writing": NOBODY},
    },
    "confirm_members": {
        "writing": NOBODY,
        "scoring": LEADS,
        "meeting": NOBODY,
        "approval": {"writing": NOBODY},
    },
    "lead_meeting": {
        "writing": NOBODY,
        "meeting": f"{LEADS} chair",
        "agreed": NOBODY,
        "approval": {"writing": NOBODY},
    },
    "move_case_study": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "open_and_close_scoring": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "finish_meeting": {"writing": NOBODY, "meeting": "lead chair", "approval": {"writing": NOBODY}},
    "export_scores": {"writing": NOBODY, "meeting": LEADS},
    "leave_out_domain": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "record_agreed_scores": {
        "writing": NOBODY,
        "meeting": "lead chair",
        "agreed": NOBODY,
        "approval": {"writing": NOBODY},
    },
    "choose_case_study": {"writing": NOBODY, "meeting": "lead", "approval": {"writing": NOBODY}},
    "recommend": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "name_owner": {"writing": LEADS},
    "write_to_owner": {"writing": NOBODY, "approval": {"writing": LEADS}},
    "note_progress": {"writing": LEADS},
    "note_progress_as_owner": {"writing": NOBODY},
    "accept_warning": {"writing": NOBODY, "meeting": "lead", "agreed": LEADS},
    "write_report": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "record_approval": {"writing": NOBODY, "approval": {"writing": LEADS}, "published": {"writing": NOBODY}},
    "record_sending": {"writing": NOBODY, "published": {"writing": LEADS}},
    "publish": {"writing": LEADS},
    "move_review": {"writing": LEADS},
    "set_closing_date": {"writing": LEADS, "meeting": NOBODY, "approval": {"writing": NOBODY}},
    "change_panel": {"writing": LEADS, "approval": {"writing": NOBODY}},
    "accept_place": {"writing": SIGNED_IN, "agreed": NOBODY},
    "remind": {"writing": NOBODY, "scoring": LEADS, "meeting": NOBODY, "approval": {"writing": NOBODY}},
    "choose_naming": {"writing": ON_PANEL, "approval": {"writing": NOBODY}},
    "withdraw_publication": {"writing": f"administrator {LEADS}"},
    "manage_messages": {"writing": LEADS},
    "leave_panel": {"writing": ON_PANEL, "approval": {"writing": NOBODY}},
    "declare_interest": {"writing": ON_PANEL, "agreed": NOBODY, "approval": {"writing": NOBODY}},
    "withdraw_interest_of_other": {"writing": f"administrator {LEADS}", "approval": {"writing": NOBODY}},
    "withdraw_interest": {"writing": ON_PANEL, "meeting": NOBODY, "approval": {"writing": NOBODY}},
}
