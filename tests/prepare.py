"""The actions with which tests put things in place, at whatever stage the review is: never what a test is about."""

from casestudies.evidence import actions as evidence
from casestudies.reviews import actions as reviews
from casestudies.reviews.locks import at_any_stage
from casestudies.writing import sections
from casestudies.writing.handover import actions as handovers
from scoring.moderation import actions as moderation
from scoring.recommendations import actions as recommendations
from scoring.scores import self_assessment

add_case_study = at_any_stage()(reviews.add_case_study)
mark_ready = at_any_stage()(reviews.mark_ready)
add_section = at_any_stage()(sections.add_section)
change_section = at_any_stage()(sections.change_section)
hand_over = at_any_stage()(handovers.hand_over)
accept = at_any_stage()(handovers.accept)
add_evidence = at_any_stage()(evidence.add_evidence)
record_agreed_score = at_any_stage()(moderation.record_agreed_score)
record_commentary = at_any_stage()(moderation.record_commentary)
recommend = at_any_stage()(recommendations.recommend)
return_to_authors = at_any_stage()(handovers.return_to_authors)
record_self_assessment = at_any_stage()(self_assessment.record_self_assessment)
