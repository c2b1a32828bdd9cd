"""Choosing files: in one language, from the folder of last time, and never from the program's own."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QTreeView, QWidget

from ui.start import QtWords
from ui.views.file_chooser import FOLDER, FileChooser, ask_for_files

LATIN = re.compile("[A-Za-z]{2,}")


@pytest.fixture
def own_dialogs():
    flag = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    QCoreApplication.setAttribute(flag)
    yield
    QCoreApplication.setAttribute(flag, False)


@pytest.fixture
def ask(own_dialogs, qapp, qtbot, screen, words, until, monkeypatch, tmp_path):
    (tmp_path / "home" / "夹").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    translated = QtWords(qapp, words)
    owner, taken = QWidget(), []
    qtbot.addWidget(owner)
    owner.show()

    def asked(**how) -> FileChooser:
        ask_for_files(screen, owner, taken.extend, ("import.tables", "import.any"), **how)
        until(lambda: owner.findChildren(FileChooser))
        return owner.findChildren(FileChooser)[0]

    asked.taken = taken
    yield asked
    translated.stop()


def cells(dialog: FileChooser) -> list[str]:
    """What the table says in its head and of the folder that lies there."""
    table = dialog.findChildren(QTreeView)[0]
    model, root = table.model(), table.rootIndex()
    shown = [at for at in range(model.columnCount()) if not table.isColumnHidden(at)]
    heads = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in shown]
    return [*heads, *(str(model.index(0, at, root).data()) for at in shown[:2])]


def test_it_speaks_one_language(ask, until):
    dialog = ask()
    until(lambda: "夹" in cells(dialog))
    labels = [one.text() for one in dialog.findChildren(QLabel)]
    buttons = [one.text() for one in dialog.findChildren(QAbstractButton)]
    assert not [one for one in (*labels, *buttons, *cells(dialog)) if LATIN.search(one)]


def test_it_begins_at_home_and_next_time_where_the_last_file_was(ask, desk, until, tmp_path):
    dialog = ask()
    assert Path(dialog.directory().absolutePath()) == tmp_path / "home"
    found = tmp_path / "a.csv"
    found.write_text("x")
    dialog.filesSelected.emit([str(found)])
    assert ask.taken == [str(found)]
    until(lambda: desk.remembered.get(FOLDER) == str(tmp_path))
    dialog.reject()
    until(lambda: ask() is not dialog)
    assert Path(ask().directory().absolutePath()) == tmp_path


def test_a_folder_that_is_gone_is_no_place_to_begin(ask, desk, tmp_path):
    desk.remembered[FOLDER] = str(tmp_path / "gone")
    assert Path(ask().directory().absolutePath()) == tmp_path / "home"


def test_asked_for_twice_it_opens_once(ask, screen, until):
    dialog = ask(several=True)
    owner = dialog.parent()
    ask_for_files(screen, owner, ask.taken.extend)
    QCoreApplication.processEvents()
    assert owner.findChildren(FileChooser) == [dialog]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
