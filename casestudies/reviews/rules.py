"""Who may do what in a review, as reasons: each function gives None where it is allowed, else a sentence to show.

These speak to people who may know of the review; who may not is answered by the querysets (404).
"""

from casestudies.frameworks.rules import require as require
from casestudies.models import CaseStudy, Review, Version
from casestudies.reviews.roles import Standing
from eds import stages

SCORES_ARE_OPEN = (stages.MODERATION, stages.APPROVAL, stages.PUBLISHED)
SCORES_ARE_AGREED = (stages.APPROVAL, stages.PUBLISHED)


def why_not_have_scores(standing: Standing, case_study: CaseStudy) -> str | None:
    """Are they one of those who score this case study, whatever the stage?"""
    if not standing.is_member:
        return "Only panel members can score case studies."
    if case_study.domain_id not in standing.domains:
        return "You are on the panel for other domains, so you do not score this case study."
    if case_study.pk in standing.declared:
        return "You declared an interest in this case study, so you do not score it."
    return None


def why_not_score(standing: Standing, case_study: CaseStudy) -> str | None:
    if refusal := why_not_have_scores(standing, case_study):
        return refusal
    if case_study.review.stage == stages.SCORING:
        return None
    if stages.is_forward(current=case_study.review.stage, target=stages.SCORING):
        return "Scoring has not opened. You will see this case study in your work when it does."
    return "Scoring has closed."


def why_not_change_scores(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they change, with a reason, what they submitted? Until the panel has finished agreeing scores."""
    if refusal := why_not_have_scores(standing, case_study):
        return refusal
    stage = case_study.review.stage
    if stage in (stages.SCORING, stages.MODERATION):
        return None
    if stages.is_forward(current=stage, target=stages.SCORING):
        return "Scoring is closed for now. You can change your scores when it opens again."
    return "The panel has agreed its scores, so you can no longer change yours."


def why_not_read(version: Version | None) -> str | None:
    """May a panel have this case study before it? Only once it is marked ready."""
    if version is None:
        return "This case study is being written. You can score it once it is marked ready."
    return None


def scores_are_open(review: Review) -> bool:
    """Has scoring closed, so that the panel sees all scores?"""
    return review.stage in SCORES_ARE_OPEN


def why_not_moderate(standing: Standing, review: Review, case_study: CaseStudy | None = None) -> str | None:
    """May they record agreed scores and commentary now, of this case study if one is given?"""
    if not standing.leads_moderation:
        return "Only the chair of the panel and the equality lead can record agreed scores."
    if case_study is not None and case_study.pk in standing.declared:
        return "You declared an interest in this case study, so you cannot agree its scores."
    if review.stage == stages.MODERATION:
        return None
    if stages.is_forward(current=review.stage, target=stages.MODERATION):
        return "Panel members have not finished scoring. You can agree scores after that."
    return "Agreed scores are fixed. Send the review back to agreeing scores to change one."


def why_not_see_scores(standing: Standing, review: Review) -> str | None:
    """May they see members' scores? Only the panel and the equality lead, once scoring has closed."""
    if not (standing.is_lead or standing.is_member):
        return "Only the panel and the equality lead can see the scores of panel members."
    if review.stage not in SCORES_ARE_OPEN:
        return "You can see other members’ scores once scoring has closed."
    if not (standing.is_lead or standing.is_counted):
        return "The equality lead has not confirmed that you are on the panel, so you can only see your own scores."
    return None


def why_not_see_scores_of(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they see members' scores of this case study?"""
    if case_study.pk in standing.declared:
        return "You declared an interest in this case study, so you cannot see its scores."
    return why_not_see_scores(standing, case_study.review)


def why_not_choose(standing: Standing, review: Review) -> str | None:
    """May they record which case study stands for a domain?"""
    if not standing.is_lead:
        return "Only the equality lead can record which case study is used for a domain score."
    if standing.declared:
        return (
            "You declared an interest in a case study, so someone else records which one is used for a "
            "domain’s score."
        )
    if review.stage == stages.MODERATION:
        return None
    if stages.is_forward(current=review.stage, target=stages.MODERATION):
        return "The panel has not agreed its scores. You can choose after that."
    return "Agreed scores are fixed. Send the review back to agreeing scores to choose again."


def why_not_see_report(standing: Standing, review: Review) -> str | None:
    """May they see the report, which holds agreed scores?"""
    if review.stage in SCORES_ARE_AGREED:
        return None
    if standing.declared and review.stage == stages.MODERATION:
        return (
            "You declared an interest in a case study, so you can read the report once the panel has agreed its "
            "scores."
        )
    if standing.is_lead or standing.is_member:
        return why_not_see_scores(standing, review)
    return "You can read the report once the panel has agreed its scores."


def why_not_set_closing_date(standing: Standing, review: Review) -> str | None:
    if not standing.is_lead:
        return "Only the equality lead can set the closing date for scoring."
    if stages.is_forward(current=stages.SCORING, target=review.stage):
        return "Scoring has closed."
    return None


def why_not_move(standing: Standing, review: Review) -> str | None:
    return None if standing.is_lead else "Only the equality lead can move a review to another stage."


def why_not_see_panel(standing: Standing) -> str | None:
    return None if standing.is_lead else "Only the equality lead can manage the panel."


def why_not_change_panel(standing: Standing, review: Review) -> str | None:
    """May they add, change and remove members, and write to them, now?"""
    if review.stage in SCORES_ARE_AGREED:
        return "The panel has agreed its scores, so you can no longer change its members."
    return why_not_see_panel(standing)


def why_not_remind(review: Review) -> str | None:
    return None if review.stage == stages.SCORING else "You can only send reminders while scoring is open."


def why_not_leave(standing: Standing, review: Review) -> str | None:
    """May they leave the panel now?"""
    if not standing.is_member:
        return "You are not on this panel."
    if review.stage in SCORES_ARE_AGREED:
        return "The panel has agreed its scores, so you can no longer change its members."
    return None


def why_not_declare(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they declare an interest in this case study now?"""
    if not standing.is_member:
        return "Only panel members can declare an interest."
    if case_study.review.stage in SCORES_ARE_AGREED:
        return "The panel has agreed its scores. Tell the equality lead about your interest."
    return None


def why_not_take_back(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they take back an interest that they declared themselves? Not once others' scores are open to the panel."""
    if not standing.is_member:
        return "Only panel members can declare an interest or withdraw it."
    if stages.is_forward(current=stages.SCORING, target=case_study.review.stage):
        return "Scoring has closed. Ask the equality lead to withdraw your declaration."
    return None


def why_not_see_workshop(standing: Standing, review: Review) -> str | None:
    """May they run the workshop, or look at how it went?"""
    if not standing.is_lead:
        return "Only the equality lead can run a workshop."
    if stages.is_forward(current=review.stage, target=stages.SCORING):
        return "You can open a workshop once the review is at the scoring stage."
    return None


def why_not_be_in_workshop(standing: Standing) -> str | None:
    """May they see what the room scores now?"""
    return None if standing.is_member else "Only panel members can take part in a workshop."


def why_not_score_in_workshop(review: Review) -> str | None:
    """May a workshop be opened, joined, moved on now?"""
    if review.stage != stages.SCORING:
        return "Scoring has closed, so the workshop is over."
    return None


def why_not_confirm(review: Review) -> str | None:
    """May a seat be confirmed now? In moderation too: one that was forgotten is not lost."""
    if review.stage not in (stages.SCORING, stages.MODERATION):
        return "Agreed scores are fixed, so you can’t add anyone to the panel."
    return None


def why_not_see_paper(standing: Standing) -> str | None:
    if standing.is_lead or standing.is_member:
        return None
    return "Scoring sheets are for the panel and the equality lead."


def why_not_have_sheet(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they have the scoring sheet on paper?"""
    if standing.is_lead or not standing.is_member:
        return why_not_see_paper(standing)
    if case_study.domain_id not in standing.domains:
        return "You are on the panel for other domains, so you do not score this case study."
    return None


def why_not_enter_sheets(standing: Standing, review: Review) -> str | None:
    """May they type in what members wrote on paper?"""
    if not standing.is_lead:
        return "Only the equality lead can enter scoring sheets for panel members."
    if review.stage != stages.SCORING:
        return "You can only enter scoring sheets while the review is at the scoring stage."
    return None


def why_not_see_recommendations(standing: Standing, review: Review) -> str | None:
    """May they see what is recommended? The equality lead always does; it answers scores, so others see it later."""
    return None if standing.is_lead else why_not_see_report(standing, review)


def why_not_recommend(standing: Standing, review: Review) -> str | None:
    """May they add, change and take away recommendations now?"""
    if not standing.is_lead:
        return "Only the equality lead can write recommendations."
    if review.stage == stages.PUBLISHED:
        return "The report is published, so you can’t change its recommendations. You can add progress notes."
    return None


def why_not_name_owner(standing: Standing) -> str | None:
    """May they say who owns a recommendation? Owners change after publication too."""
    return None if standing.is_lead else "Only the equality lead can name the owner of a recommendation."


def why_not_write_to_owner(standing: Standing, review: Review) -> str | None:
    """May they ask the owner how it stands? A recommendation tells of scores, so not before those are agreed."""
    if not standing.is_lead:
        return "Only the equality lead can e-mail the owner of a recommendation."
    if review.stage not in SCORES_ARE_AGREED:
        return "You can e-mail owners once the panel has agreed its scores."
    return None


def why_not_note_progress(standing: Standing) -> str | None:
    return None if standing.is_lead else "Only the equality lead can add progress notes."


def why_not_see_checks(standing: Standing, review: Review) -> str | None:
    """May they see what the checks find? The equality lead, once scoring has closed: checks speak of agreed scores."""
    if not standing.is_lead:
        return "Only the equality lead can check the report before it is published."
    return why_not_see_report(standing, review)


def why_not_change_header(standing: Standing, review: Review) -> str | None:
    if not standing.is_lead:
        return "Only the equality lead can change the report’s header."
    if review.stage == stages.PUBLISHED:
        return "The report is published. Send the review back to agreeing scores to correct it."
    return None


def why_not_set_up(standing: Standing, review: Review) -> str | None:
    """May they add, rename and remove case studies, and say who writes them, now?"""
    if not standing.is_lead:
        return "Only the equality lead can add and change the case studies of a review."
    return _why_fixed(review)


def why_not_write(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they write this case study and mark it ready now?"""
    if not standing.is_lead and not (standing.is_author and standing.writes(case_study)):
        return "Only its authors and the equality lead can write this case study."
    return _why_fixed(case_study.review)


def why_not_accept(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they accept what its authors marked ready, or return it, now?"""
    if not standing.is_lead:
        return "Only the equality lead can accept case studies for the panel."
    return _why_fixed(case_study.review)


def _why_fixed(review: Review) -> str | None:
    if review.stage in (stages.SETUP, stages.EVIDENCE):
        return None
    return "Case studies are fixed once scoring has opened. Send the review back to gathering evidence to change one."


# Who gives a self-assessment, who decides when it is seen, and who sees it. As `rules.py`: None, or the reason.


def why_not_self_assess(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they give a self-assessment of this case study now?"""
    if not standing.is_lead and not (standing.is_author and standing.writes(case_study)):
        return "Only the authors of a case study and the equality lead can give its self-assessment."
    if not case_study.can_be_written:
        return "You can only give a self-assessment before scoring opens."
    return None


def why_not_decide_self_assessment(standing: Standing, review: Review) -> str | None:
    """May they decide now when the panel sees self-assessments?"""
    if not standing.is_lead:
        return "Only the equality lead can decide when the panel sees the self-assessment."
    if not stages.is_forward(current=review.stage, target=stages.SCORING):
        return "Scoring has opened, so you can no longer change this."
    return None


def sees_self_assessment(standing: Standing, case_study: CaseStudy) -> bool:
    """The panel: before scoring if the equality lead said so, else from moderation on. Readers: once agreed."""
    review = case_study.review
    if standing.is_member and not review.shows_self_assessment:
        return review.stage in SCORES_ARE_OPEN
    if standing.is_member or standing.is_lead or standing.is_author:
        return True
    return review.stage in SCORES_ARE_AGREED


# Who may write in the report, record its approval and publish it, as reasons; see `casestudies.reviews.rules`.


def why_not_write_report(standing: Standing, review: Review) -> str | None:
    """May they write the summary and what else the report says in the lead's words?"""
    if not standing.is_lead:
        return "Only the equality lead can write the summary of the report."
    if review.stage == stages.PUBLISHED:
        return "The report is published. Send the review back to agreeing scores to correct it."
    return None


def why_not_record_approval(standing: Standing, review: Review) -> str | None:
    """May they record who approved the report now?"""
    if not standing.is_lead:
        return "Only the equality lead can record who approved the report."
    if stages.is_forward(current=review.stage, target=stages.APPROVAL):
        return "The panel has not finished agreeing its scores. You can record the approval after that."
    if review.stage == stages.PUBLISHED:
        return "The report is published, so you can’t change its approval."
    return None


def why_not_publish(standing: Standing) -> str | None:
    return None if standing.is_lead else "Only the equality lead can publish the report."
