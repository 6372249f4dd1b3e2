"""Who may do what at the desk beyond Django's own add, change, delete and view."""


def may_publish(user) -> bool:
    """Whether the user may publish, schedule, unschedule and retract."""
    return user.is_active and user.is_staff and user.has_perm("tracker.change_event")
