from django.urls import path

from edsportal.privacy import views

urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("account/data/", views.download, name="own_data"),
    path("account/erase/", views.erase, name="account_erase"),
]
