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


def hidden_types(user) -> frozenset[str]:
    """The names of the models of which the log tells the user nothing: who may not see such things at all."""
    seen = {
        "user": may_manage_staff(user),
        "namedembed": _has(user, "tracker.view_namedembed"),
        "webhook": _has(user, "tracker.view_webhook"),
    }
    return frozenset(name for name, may in seen.items() if not may)


def _has(user, permission: str) -> bool:
    return user.is_active and user.is_staff and user.has_perm(permission)
