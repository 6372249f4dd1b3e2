"""The page of the staff. Whoever gets a password from somebody else must change it at the next sign-in."""

from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class GivenPasswordForm(AdminPasswordChangeForm):
    """A password that somebody else makes is good for one sign-in."""

    def save(self, commit=True):
        user = super().save(commit=False)
        user.one_time_password = user.has_usable_password()
        if commit:
            user.save()
        return user


class StaffAdmin(UserAdmin):
    change_password_form = GivenPasswordForm
    list_display = ("username", "first_name", "last_name", "email", "language", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser", "groups")
    fieldsets = (*UserAdmin.fieldsets, (_("At the desk"), {"fields": ("language", "one_time_password")}))
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (_("At the desk"), {"classes": ("wide",), "fields": ("language", "is_staff")}),
    )

    # Who may change staff could make an administrator of anybody: administrators alone may.
    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def user_change_password(self, request, id, form_url=""):
        if str(request.user.pk) == id:
            return redirect("admin:password_change")
        return super().user_change_password(request, id, form_url)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.one_time_password = obj.has_usable_password()
        super().save_model(request, obj, form, change)
