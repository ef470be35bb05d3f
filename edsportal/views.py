from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import redirect, render


@login_not_required
def home(request):
    """People who are signed in go on to what they owe; everybody else reads what this is."""
    if request.user.is_authenticated:
        return redirect("my_work")
    return render(request, "home.html")


@login_not_required
def health(request):
    """Answers 200 when the web process runs and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html")


@login_not_required
def privacy(request):
    return render(request, "privacy.html")
