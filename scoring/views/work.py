from django.shortcuts import render

from scoring.my_work.tasks import leading_tasks, scoring_tasks, waiting
from scoring.work_due import agreeing_tasks, duty_tasks, overdue_tasks
from scoring.work_writing import accepting_tasks, writing_tasks

SHOWN = 5  # overdue recommendations: the others are folded away


def my_work(request):
    """What this person owes, what is done, and what happens next where they owe nothing."""
    tasks = scoring_tasks(request.user)
    owed = [task for task in tasks if not task.is_done] + agreeing_tasks(request.user)
    overdue = overdue_tasks(request.user)
    page = {
        "accepting": accepting_tasks(request.user),
        "writing": writing_tasks(request.user),
        "tasks": owed,
        "done": [task for task in tasks if task.is_done],
        "leading": leading_tasks(request.user),
        "overdue": overdue,
        "more_overdue": f"Show the other {len(overdue) - SHOWN}",
        "falling_due": duty_tasks(request.user),
        "waiting": waiting(request.user, owed),
    }
    return render(request, "scoring/my_work.html", page)
