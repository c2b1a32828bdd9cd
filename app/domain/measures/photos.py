"""Article 17: the photographs by which a city part (部件) is seen to be mended."""

from collections.abc import Iterator

from app.domain.case import Attachment, Dossier, Task
from app.domain.moment import Moment
from app.domain.refused import Refused

#: Which stage an attachment may prove (P-sys: attachments are tagged by stage).
FILE_STAGES = (
    *("REPORT", "VERIFY", "INTERIM", "BEFORE", "AFTER", "RETURN", "REPLY", "CLOSURE", "EVIDENCE"),
)
#: What a city part must show.
BEFORE, AFTER = "BEFORE", "AFTER"
BEFORE_AND_AFTER = (BEFORE, AFTER)
#: Endings of files that are pictures.
PICTURES = (
    *(".jpg", ".jpeg", ".jfif", ".png", ".webp", ".bmp", ".gif"),
    *(".heic", ".heif", ".avif", ".tif", ".tiff"),
)


def is_picture(name: str) -> bool:
    """Whether a file is a picture, by its name."""
    return name.casefold().endswith(PICTURES)


def lacking(task: Task, on: Dossier) -> tuple[str, ...]:
    """Which photographs of a task are still lacking, of BEFORE and AFTER.

    One of before may come from whoever saw the spot first; one of after is the task's own, made since it
    was signed or last sent back, and another picture than that of before.
    """
    before = {one.digest for one in _shown(on, BEFORE) if one.task_id in (None, task.id)}
    since = task.rework_at or task.signed_at
    after = {
        one.digest
        for one in _shown(on, AFTER)
        if one.task_id == task.id and since and one.made_at >= since
    }
    if before and after and len(before | after) == 1:
        after = set[str]()
    found = ((BEFORE, before), (AFTER, after))
    return tuple(stage for stage, digests in found if not digests)


def _shown(on: Dossier, stage: str) -> Iterator[Attachment]:
    kept = (one for one in on.attachments if one.status == "RECORDED" and one.stage == stage)
    return (one for one in kept if is_picture(one.name))


def missing(task: Task, on: Dossier, moment: Moment) -> tuple[str, ...]:
    """What a city part still has to show before the task is reported; nothing for any other class."""
    found = moment.setting.directory.taxonomy.get(on.case.category)
    return lacking(task, on) if found is not None and found.component else ()


def photographed(task: Task, on: Dossier, moment: Moment) -> None:
    """Raises Refused('photos-missing') for a city part that is not shown before and after."""
    if stages := missing(task, on, moment):
        raise Refused("photos-missing", missing=stages)
