"""Addresses of people: invitations from outside, and the settings."""

from __future__ import annotations

from django.urls import path

from zhiyin.people.views import factors, hints, hours, house, mine, policy, seats, security, staff

app_name = "people"
urlpatterns = [
    path("invitation/", seats.accept, name="invitation"),
    path("invitation/<str:token>/", seats.follow, name="invitation_link"),
    path("settings/", mine.settings, name="settings"),
    path("settings/me/", mine.preferences, name="me"),
    path("settings/hints/again/", hints.again, name="hints_again"),
    path("settings/hints/<slug:hint>/done/", hints.done, name="hint_done"),
    path("settings/security/", security.page, name="security"),
    path("settings/security/keys/<int:pk>/", security.key, name="key_edit"),
    path("settings/security/factors/<int:pk>/remove/", security.remove, name="factor_remove"),
    path("settings/security/sessions/end/", security.end_others, name="sessions_end"),
    path("settings/security/sessions/<str:reference>/end/", security.end_session, name="session_end"),
    path("accounts/factor/", factors.needed, name="factor_needed"),
    path("accounts/factor/app/", factors.app, name="factor_app"),
    path("accounts/factor/key/", factors.key, name="factor_key"),
    path("accounts/factor/codes/", factors.codes, name="factor_codes"),
    path("settings/sign-in/", policy.sign_in, name="sign_in"),
    path("settings/staff/", staff.listing, name="staff"),
    path("settings/staff/<int:pk>/", staff.edit, name="staff_edit"),
    path("settings/staff/<int:pk>/disable/", staff.disable, name="staff_disable"),
    path("settings/staff/<int:pk>/enable/", staff.enable, name="staff_enable"),
    path("settings/staff/<int:pk>/password/", staff.password_link, name="staff_password"),
    path("settings/staff/<int:pk>/factors/", staff.reset_factors, name="staff_factors"),
    path("settings/invitations/", seats.invitations, name="invitations"),
    path("settings/invitations/<int:pk>/revoke/", seats.revoke, name="invitation_revoke"),
    path("settings/invitations/<int:pk>/renew/", seats.renew, name="invitation_renew"),
    path("settings/teams/", house.teams, name="teams"),
    path("settings/teams/new/", house.team, name="team_new"),
    path("settings/teams/<int:pk>/", house.team, name="team_edit"),
    path("settings/departments/", house.departments, name="departments"),
    path("settings/departments/new/", house.department, name="department_new"),
    path("settings/departments/<int:pk>/", house.department, name="department_edit"),
    path("settings/skills/", house.skills, name="skills"),
    path("settings/skills/<int:pk>/", house.skill, name="skill_edit"),
    path("settings/skills/<int:pk>/remove/", house.remove_skill, name="skill_remove"),
    path("settings/calendars/", hours.listing, name="calendars"),
    path("settings/calendars/new/", hours.edit, name="calendar_new"),
    path("settings/calendars/<int:pk>/", hours.edit, name="calendar_edit"),
    path("settings/calendars/preview/", hours.preview, name="calendar_preview"),
    path("settings/statutory/", hours.statutory, name="statutory"),
    path("settings/organisation/", house.organisation, name="organisation"),
]
