from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.templatetags.static import static


@login_not_required
def home(request):
    """People who are signed in go on to what they have to do; everybody else reads what this is."""
    if request.user.is_authenticated:
        return redirect("my_work")
    return render(request, "home.html")


@login_not_required
def favicon(request):
    """Browsers and robots that look for the icon at its old address."""
    return redirect(static("favicon.svg"), permanent=True)


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html")
