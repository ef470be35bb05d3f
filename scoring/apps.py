from django.apps import AppConfig
from django.utils import timezone


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = "How it is judged"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from casestudies.evidence.actions import withdraw_file_again
        from edsportal.backup.erasures import AGAIN
        from scoring.publishing.actions import withdraw_publication_again
        from scoring.search import indexing

        indexing.connect()
        AGAIN["publication"] = withdraw_publication_again
        AGAIN["evidence file"] = withdraw_file_again
        user_logged_in.connect(note_joining, dispatch_uid="scoring.note_joining")


def note_joining(sender, user, **kwargs) -> None:
    """Who signs in after being given a seat on a panel has joined it."""
    from casestudies.models import PanelMember

    PanelMember.objects.filter(user=user, joined_at=None).update(joined_at=timezone.now())
