"""Files that prove what a unit says when it asks for something: there before it asks, and new each time."""

from app.domain.case import Dossier, Task

#: The stage of such files.
EVIDENCE = "EVIDENCE"


def is_proven(task: Task, on: Dossier, kind: str) -> bool:
    """Whether a file is there that proves the need, since something of that kind was granted to the task last."""
    asked = (one for one in on.requests if one.task_id == task.id and one.kind == kind)
    granted = (one.decided_at for one in asked if one.status == "APPROVED")
    since = max((at for at in granted if at is not None), default=task.dispatched_at)
    files = (one for one in on.attachments if one.status == "RECORDED" and one.stage == EVIDENCE)
    return any(one.task_id in (None, task.id) and one.made_at >= since for one in files)
