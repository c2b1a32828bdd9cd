"""The system's file chooser: wholly in the language of the screen, and where the last file was found."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget

from ui.screen import Screen
from ui.views.living import run_for

#: The folder of the last file, kept for each person.
FOLDER = "files.folder"
#: What Qt's own Chinese has no words for.
_LABELS = {
    QFileDialog.DialogLabel.LookIn: "frame.files.look_in",
    QFileDialog.DialogLabel.FileName: "frame.files.name",
    QFileDialog.DialogLabel.FileType: "frame.files.type",
}
#: The column that names kinds of files. Those names speak the system's language; the endings say the same.
KIND = 2
Taken = Callable[[list[str]], None]


def ask_for_files(
    screen: Screen,
    owner: QWidget,
    taken: Taken,
    filters: Sequence[str] = (),
    *,
    several: bool = False,
) -> None:
    """Lay the chooser beside the window of `owner`, not instead of it; `taken` gets the paths."""
    run_for(screen, owner, _asked(screen, owner, taken, filters, several=several))


def ask_where(
    screen: Screen, owner: QWidget, taken: Callable[[str], None], name: str, ending: str
) -> None:
    """Lay a chooser beside the window for where a file of that name and ending ('pdf') is to be put."""
    run_for(screen, owner, _asked_where(screen, owner, taken, name, ending))


async def _asked_where(
    screen: Screen, owner: QWidget, taken: Callable[[str], None], name: str, ending: str
) -> None:
    folder = await screen.desk.recall(FOLDER)
    if owner.findChildren(FileChooser):
        return
    dialog = FileChooser(screen, owner, (), "frame.files.save_title")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.setNameFilter(f"*.{ending}")
    dialog.setDirectory(_start(folder))
    dialog.selectFile(f"{name}.{ending}")
    dialog.fileSelected.connect(taken)
    dialog.open()


async def _asked(
    screen: Screen, owner: QWidget, taken: Taken, filters: Sequence[str], *, several: bool
) -> None:
    folder = await screen.desk.recall(FOLDER)
    if owner.findChildren(FileChooser):
        return  # asked for twice while the folder was looked up
    dialog = FileChooser(screen, owner, filters)
    mode = QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile
    dialog.setFileMode(mode)
    dialog.setDirectory(_start(folder))
    dialog.filesSelected.connect(taken)
    dialog.open()


def _start(kept: object) -> str:
    """The folder kept, if it is still there; else the person's own, never the program's."""
    is_there = isinstance(kept, str) and Path(kept).is_dir()
    return str(kept) if is_there else str(Path.home())


class FileChooser(QFileDialog):
    """Gone once it is closed."""

    def __init__(
        self,
        screen: Screen,
        owner: QWidget,
        filters: Sequence[str],
        title: str = "frame.files.title",
    ) -> None:
        super().__init__(owner, screen.words.say(title))
        self._screen = screen
        for label, key in _LABELS.items():
            self.setLabelText(label, screen.words.say(key))
        if filters:
            self.setNameFilters([screen.words.say(one) for one in filters])
        for table in self.findChildren(QTreeView):
            table.hideColumn(KIND)
        self.filesSelected.connect(self._remember)
        self.finished.connect(self.deleteLater)

    def _remember(self, paths: list[str]) -> None:
        if paths:
            folder = str(Path(paths[0]).parent)
            self._screen.run(self._screen.desk.remember(FOLDER, folder))
