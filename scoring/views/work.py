from django.shortcuts import render

from scoring.work import leading_tasks, scoring_tasks


def my_work(request):
    """What this person owes, and what is done."""
    tasks = scoring_tasks(request.user)
    page = {
        "tasks": [task for task in tasks if not task.is_done],
        "done": [task for task in tasks if task.is_done],
        "leading": leading_tasks(request.user),
    }
    return render(request, "scoring/my_work.html", page)
