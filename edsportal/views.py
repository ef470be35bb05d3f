from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.templatetags.static import static


@login_not_required
def home(request):
    """People who are signed in go on to what they have to do; everybody else reads what this is."""
    user = request.user
    if user.is_authenticated:
        takes_part = user.roles.exists() or user.panel_members.exists()
        return redirect("administration" if user.is_administrator and not takes_part else "my_work")
    return render(request, "home.html")


@login_not_required
def favicon(request):
    """Browsers and robots that look for the icon at its old address."""
    return redirect(static("favicon.svg"), permanent=True)


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html")
