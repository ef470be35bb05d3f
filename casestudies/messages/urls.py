from django.urls import include, path

from casestudies.messages import views
from casestudies.reviews.addresses import REVIEW

of_review = [path("messages/", views.messages, name="messages")]
urlpatterns = [path(REVIEW, include(of_review))]
