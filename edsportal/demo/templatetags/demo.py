from django import template

from edsportal.accounts.models import User

register = template.Library()


@register.simple_tag
def demo_people() -> list[User]:
    """Everybody of the demo who can sign in, in the order in which they were made."""
    return list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))
