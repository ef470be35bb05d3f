from django.conf import settings
from django.core import checks
from django.db import connections

from edsportal.accounts.models import User


@checks.register(checks.Tags.database)
def demo_people_outside_the_demo(app_configs, databases=None, **kwargs) -> list[checks.Warning]:
    """`check --database default` and `migrate` say so when the data of a demo got into a real portal."""
    if settings.DEMO:
        return []
    problems = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            tables = connections[alias].introspection.table_names(cursor)
        if User._meta.db_table in tables and (
            count := User.objects.using(alias).filter(is_demo=True).count()
        ):
            problems.append(
                checks.Warning(
                    f"The database holds {count} people of the demo, but this is not the demo.",
                    hint="They can't sign in. Use a database without the demo.",
                    id="accounts.W001",
                )
            )
    return problems
