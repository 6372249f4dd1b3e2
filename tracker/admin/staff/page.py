"""The page of the staff: who works at the desk, in which role. Whoever manages it has just shown who they are."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.admin.log.audited import Audited
from tracker.admin.merge.versioned import Shared
from tracker.admin.permissions import may_manage_staff
from tracker.admin.scripts import Guarded
from tracker.admin.staff.forms import GivenPasswordForm, NewStaffForm, StaffForm
from tracker.labels import ROLES, choices
from tracker.signing.address import address_of
from tracker.signing.factors import remove_factors
from tracker.signing.recent import require_recent
from tracker.staffing import give_role, hold_administrators, role_of
from tracker.vocabulary import LogAction

SUPERUSER = pgettext_lazy("role of a member of staff", "Administrator of the site")
NAMES = (None, {"fields": ("username", "first_name", "last_name", "email", "language")})


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return choices(ROLES)

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() in set(ROLES) else queryset


class StaffAdmin(Shared, Audited, Guarded, UserAdmin):
    form = StaffForm
    add_form = NewStaffForm
    add_form_template = "admin/change_form.html"
    change_password_form = GivenPasswordForm
    change_user_password_template = "admin/tracker/user/change_password.html"
    list_display = ("username", "name", "role", "is_active", "email", "language", "last_login")
    list_filter = (RoleFilter, "is_active")
    readonly_fields = ("one_time_password", "last_login")
    filter_horizontal = ()
    fieldsets: ClassVar[Any] = (
        NAMES,
        (_("At the desk"), {"fields": ("role", "is_active")}),
        (_("Signing in"), {"fields": ("one_time_password", "last_login")}),
    )
    add_fieldsets = (
        NAMES,
        (_("At the desk"), {"fields": ("role",)}),
        (_("Password for the first sign-in"), {"fields": ("password1", "password2")}),
    )
    # Nobody is deleted: the log and the record name them.
    actions = None

    def has_module_permission(self, request):
        return may_manage_staff(request.user)

    def has_view_permission(self, request, obj=None):
        return may_manage_staff(request.user)

    def has_add_permission(self, request):
        return may_manage_staff(request.user)

    def has_change_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return may_manage_staff(request.user) and not above

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=pgettext_lazy("of a member of staff", "name"), ordering="last_name")
    def name(self, user):
        return user.get_full_name()

    @admin.display(description=pgettext_lazy("of a member of staff", "role"))
    def role(self, user):
        if user.is_superuser:
            return SUPERUSER
        found = role_of(user)
        return ROLES[found] if found else "–"

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "role") if obj is not None and obj.is_superuser else fixed

    def add_view(self, request, form_url="", extra_context=None):
        return self._asked_anew(request) or super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if response := self._asked_anew(request):
            return response
        with transaction.atomic():
            if request.method == "POST" and may_manage_staff(request.user):
                # Before the lock on the account: two who change each other would otherwise wait for each other.
                hold_administrators()
            return super().change_view(request, object_id, form_url, extra_context)

    def user_change_password(self, request, id, form_url=""):
        # Asked of the database, which takes "07" for 7: one's own password is changed by showing the old one.
        if self.get_object(request, unquote(id)) == request.user:
            return redirect("admin:password_change")
        if response := self._asked_anew(request):
            return response
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)

    def _asked_anew(self, request):
        """The way to showing once more who one is; None if that was just done, or if nothing is open to the user."""
        return require_recent(request) if may_manage_staff(request.user) else None

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = obj.one_time_password = True
        super().save_model(request, obj, form, change)
        if "role" in form.changed_data:
            give_role(obj, form.cleaned_data["role"])

    def construct_change_message(self, request, form, formsets, add=False):
        if isinstance(form, GivenPasswordForm):
            # The password is saved by now, in this transaction. Only that it changed is logged, not what it was or is.
            self.log_deed(request, form.user, LogAction.PASSWORD_CHANGED)
            if form.cleaned_data["remove_factors"]:
                remove_factors(form.user, by=request.user, address=address_of(request))
            return []
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        super().log_addition(request, obj, message)
        self._log_the_role(request, obj, message)

    def log_change(self, request, obj, message):
        self._log_the_role(request, obj, message)
        super().log_change(request, obj, [change for change in message if change["field"] != "role"])

    def _log_the_role(self, request, obj, message) -> None:
        role = [change for change in message if change["field"] == "role"]
        if role:
            self.log_deed(request, obj, LogAction.ROLE_CHANGED, changes=role)
