"""What each role may do at the desk, as Django's permissions; the groups of the roles are made from this table."""

from tracker.vocabulary import Role

_ROWS = ("eventtext", "eventtopic", "participation", "citation", "announceddate", "act", "link", "remark")


def _of(models: tuple[str, ...], *deeds: str) -> set[str]:
    return {f"{deed}_{model}" for model in models for deed in deeds}


# An author writes drafts of anything, also of a change to what is published; the public sees none of it.
_AUTHOR = (
    _of(("event", "source", "actor", "place"), "view", "add", "change")
    | _of(_ROWS, "view", "add", "change", "delete")
    | _of(("topic", "rule", "logrow"), "view")
)
_EDITOR = (
    _AUTHOR
    | _of(("event",), "delete", "publish", "import")
    | _of(("source", "actor", "place", "topic"), "add", "change", "delete")
    | _of(("rule",), "change")
    | _of(("namedembed",), "view", "add", "change", "delete")
    | {"review_eventtext"}
)
# Nobody is deleted: the log and the record name them. Who leaves is made inactive.
# An address of a webhook may be all that its receiver asks to be shown.
_ADMINISTRATOR = (
    _EDITOR
    | _of(("user",), "view", "add", "change")
    | _of(("webhook",), "view", "add", "change", "delete")
    | _of(("delivery",), "view")
)

PERMISSIONS = {Role.AUTHOR: _AUTHOR, Role.EDITOR: _EDITOR, Role.ADMINISTRATOR: _ADMINISTRATOR}


def make_groups(apps, alias: str) -> None:
    """Make or mend the group of each role: after it, each has exactly its permissions. `apps` is a registry of models
    (a migration's or the live one), whose permissions exist already."""
    group_model = apps.get_model("auth", "Group")
    permissions = apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="tracker")
    for role, codenames in PERMISSIONS.items():
        group, _made = group_model.objects.using(alias).get_or_create(name=role.value)
        group.permissions.set(permissions.filter(codename__in=codenames))
