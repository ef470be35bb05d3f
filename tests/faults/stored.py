"""Prints the reasons that each member of a trial has in the database, as one line of JSON."""

import json


def main() -> list[list[str]]:
    import django

    django.setup()
    from casestudies.models import PanelMember

    members = PanelMember.objects.filter(name__startswith="Member ").order_by("pk")
    return [
        [draft.rationale for sheet in member.sheets.all() for draft in sheet.drafts.all()]
        for member in members.prefetch_related("sheets__drafts")
    ]


if __name__ == "__main__":
    print(json.dumps(main()))
