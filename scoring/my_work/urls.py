from django.urls import path

from scoring.my_work import tasks

urlpatterns = [
    path("my-work/", tasks.my_work, name="my_work"),
]
