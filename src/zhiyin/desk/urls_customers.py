"""Addresses of the customer pages; `desk.urls` takes them in."""

from __future__ import annotations

from django.urls import path

from zhiyin.desk.views import customers as views

urlpatterns = [
    path("customers/", views.listing, name="customers"),
    path("customers/new/", views.create, name="customer_new"),
    path("customers/<int:pk>/", views.page, name="customer"),
    path("customers/<int:pk>/edit/", views.edit, name="customer_edit"),
    path("customers/<int:pk>/contacts/<int:contact>/reveal/", views.reveal, name="customer_reveal"),
    path("customers/<int:pk>/contacts/<int:contact>/confirm/", views.confirm, name="customer_confirm"),
    path("customers/<int:pk>/consents/", views.consents, name="customer_consents"),
    path("customers/<int:pk>/consents/withdraw/", views.withdraw, name="customer_withdraw"),
    path(
        "customers/<int:pk>/consents/<int:consent>/again/", views.consent_again, name="customer_consent_again"
    ),
    path("customers/<int:pk>/objects/", views.objects, name="customer_objects"),
    path("customers/<int:pk>/objects/<int:relation>/end/", views.object_end, name="customer_object_end"),
    path(
        "customers/<int:pk>/objects/<int:relation>/again/", views.object_again, name="customer_object_again"
    ),
    path("customers/<int:pk>/promise/", views.promise, name="customer_promise"),
    path("promises/<int:pk>/keep/", views.keep, name="promise_keep"),
    path("promises/<int:pk>/release/", views.release, name="promise_release"),
    path("promises/<int:pk>/renew/", views.renew, name="promise_renew"),
]
