"""Who sees which row of a review at which stages: what tests/test_policy.py expects of querysets and of pages.

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
