"""Fills an empty database for a trial: a review that is scored, its members, and a session for each of them.

python -m tests.faults.prepare 8        prints what the trial needs, as one line of JSON
"""

import json
import sys


def main(count: int) -> dict:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # nobody signs in with one here
    call_command("migrate", verbosity=0)
    from casestudies.models import PanelMember
    from tests.cast import make_cast, person

    cast = make_cast(services=1)
    cookies = []
    for number in range(count):
        user = person(f"Member {number}")
        seat = PanelMember.objects.create(review=cast.review, user=user, name=user.name, interest="vcse")
        seat.domains.set([cast.case_studies[0].domain])
        client = Client()
        client.force_login(user)
        cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    version = cast.case_studies[0].versions.get().pk
    return {"slug": cast.organisation.slug, "year": cast.review.year, "version": version, "cookies": cookies}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
