from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render


@login_not_required
def home(request):
    """People who are signed in go on to what they owe; everybody else reads what this is."""
    if request.user.is_authenticated:
        return redirect("my_work")
    return render(request, "home.html")


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html")
