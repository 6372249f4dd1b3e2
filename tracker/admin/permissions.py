"""Who may do what at the desk beyond Django's own add, change, delete and view (tracker/roles.py has the table)."""


def may_publish(user) -> bool:
    """Whether the user may publish, correct, schedule, unschedule and retract."""
    return _has(user, "tracker.publish_event")


def may_review(user) -> bool:
    """Whether the user may mark a text as reviewed."""
    return _has(user, "tracker.review_eventtext")


def may_import(user) -> bool:
    """Whether the user may stage and confirm an import."""
    return _has(user, "tracker.import_event")


def may_manage_staff(user) -> bool:
    """Whether the user may make accounts and give roles."""
    return _has(user, "tracker.change_user")


def _has(user, permission: str) -> bool:
    return user.is_active and user.is_staff and user.has_perm(permission)
