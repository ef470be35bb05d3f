"""Who sees which row of a review at which stage: what tests/test_policy.py expects of querysets and of pages.

A stage is named where it changes; its people stay until the next that is named. The people, all of the cast's review
unless said: `declared` declared an interest in the case study, `declared_lead` too, who left the panel and is equality
lead; `other_author` writes none of its case studies; `other_domain` is a member for another domain; `left` left the
panel; `guest` joined a workshop and is confirmed, `unconfirmed` is not. `there_…` belong to the organisation whose
review shows the case study too, `stranger` leads a third one.
"""

PEOPLE = (
    "administrator lead declared_lead author other_author reader chair member other declared other_domain left guest "
    "unconfirmed there_lead there_author there_reader there_member there_other_domain stranger public"
)
LEADS = "lead declared_lead"
SCORERS = "chair member other declared guest unconfirmed"  # for the domain of the case study
ON_PANEL = f"{SCORERS} other_domain"
REVEALED_TO = "lead chair member other guest"  # once scoring has closed
INSIDE = f"{LEADS} author other_author reader {ON_PANEL}"
SHOWN_TO = "there_lead there_reader there_member"
THERE = f"{SHOWN_TO} there_author there_other_domain"
SIGNED_IN = PEOPLE.removesuffix(" public")
NOBODY = ""
READERS = f"{LEADS} author reader {SCORERS}"

AGREED = {"setup": NOBODY, "moderation": f"{REVEALED_TO} other_domain", "approval": INSIDE}
WHO_SEES: dict[str, dict[str, str]] = {
    "review": {"setup": INSIDE},
    "case study": {"setup": READERS},
    "case study that is not ready": {"setup": f"{LEADS} reader"},
    "evidence as it is gathered": {"setup": f"{LEADS} author"},
    "file": {"setup": f"{READERS} {SHOWN_TO}"},
    "file of a draft": {"setup": f"{LEADS} author"},
    "shared case study": {"setup": f"{LEADS} {SHOWN_TO}"},
    "score": {"setup": "other", "moderation": REVEALED_TO},
    "agreed score": AGREED | {"approval": f"{INSIDE} {THERE}"},
    "commentary": AGREED | {"approval": f"{INSIDE} {THERE}"},
    "self-assessment": {
        "setup": f"{LEADS} author other_author",
        "moderation": f"{LEADS} author other_author {ON_PANEL}",
        "approval": INSIDE,
    },
    "domain choice": AGREED,
    "recommendation": AGREED | {"setup": LEADS, "moderation": f"{REVEALED_TO} other_domain declared_lead"},
    "publication": {"setup": PEOPLE},
    "found: version": {"setup": READERS, "published": NOBODY},
    "found: draft": {"setup": f"{LEADS} author", "scoring": NOBODY},
    "found: commentary": {
        "setup": NOBODY,
        "moderation": REVEALED_TO,
        "approval": INSIDE,
        "published": NOBODY,
    },
    "found: recommendation": {
        "setup": LEADS,
        "moderation": f"{REVEALED_TO} other_domain declared_lead",
        "approval": INSIDE,
        "published": NOBODY,
    },
    "found: publication": {"setup": PEOPLE},
    "entry of the audit log": {"setup": f"administrator {LEADS}"},
    "entry about a judgement": {"setup": NOBODY, "moderation": f"administrator {LEADS}"},
    "upload": {"setup": "lead"},
    "objective": {"setup": f"administrator {LEADS} author other_author reader"},
    "organisation": {"setup": f"administrator {LEADS} author other_author reader"},
    "framework in use": {"setup": SIGNED_IN},
    "draft framework": {"setup": "administrator"},
}
