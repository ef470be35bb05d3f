"""The optional parts of a report, which the lead may leave out of every form of it. Pure."""

from dataclasses import replace

from eds.content import ReportContent

EVIDENCE_MAP, PANEL_NAMES, SELF_ASSESSMENT, METHODS = (
    "evidence_map",
    "panel_names",
    "self_assessment",
    "methods",
)
NAMES = {
    EVIDENCE_MAP: "The evidence map",
    PANEL_NAMES: "The names of panel members",
    SELF_ASSESSMENT: "The self-assessment",
    METHODS: "How the report was made",
}


def without_omitted(content: ReportContent) -> ReportContent:
    """The content without what would say what the lead left out: names of the panel, and the self-assessment.

    Members are numbered in their order, so that the report still says which groups were represented, and data inside a
    file says no more than its pages. The other parts are worked out from the rest, and each form leaves them out.
    """
    if PANEL_NAMES in content.omitted:
        content = _with_members_numbered(content)
    if SELF_ASSESSMENT in content.omitted:
        studies = tuple(replace(study, self_assessment={}) for study in content.case_studies)
        content = replace(content, case_studies=studies)
    return content


def _with_members_numbered(content: ReportContent) -> ReportContent:
    numbers = {name: f"Panel member {number}" for number, name in enumerate(_names(content), start=1)}
    return replace(
        content,
        panel=tuple(replace(member, name=numbers[member.name]) for member in content.panel),
        interests=tuple(replace(one, member=numbers[one.member]) for one in content.interests),
    )


def _names(content: ReportContent) -> list[str]:
    """Everyone who is named as a member, once: who declared an interest may have left the panel."""
    names = (*(member.name for member in content.panel), *(one.member for one in content.interests))
    return list(dict.fromkeys(names))
