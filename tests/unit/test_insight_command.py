"""The command that measures insight: any table, columns by meaning, a missed goal is no error, words for every no."""

import json
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.evaluating.classes import macro_f1
from app.cli.evaluating.columns import columns_of
from app.cli.evaluating.folds import folds_of, groups_of
from app.cli.evaluating.goals import judged
from app.cli.evaluating.table import table
from app.domain.refused import Refused
from tests.unit.test_insight_classes import SAID

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data are not beside this checkout"
)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "said.csv"
    heads = (
        "你好我住在东边的小区",
        "请问这件事应该找谁",
        "已经打过三次电话了",
        "上个月开始一直这样",
    )
    tails = (
        "希望尽快得到处理谢谢",
        "为什么到现在没有人管",
        "请给我一个书面的答复",
        "多次反映都没有结果",
    )
    parts = [(head, tail) for head in heads for tail in tails]
    said = [(code, text) for code, texts in SAID.items() for text in texts]
    lines = [f"{head},{text} {tail},{code}" for head, tail in parts for code, text in said]
    path.write_text("\n".join(["title,detail,label", *lines]), "utf-8")
    return path


def told(capsys, *arguments):
    assert main(["insight", "eval", *map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)


def test_classes_are_measured_on_any_table(labelled, capsys):
    found = told(capsys, "classes", labelled, "--columns", "text=title+detail,class=label")
    assert found["rows"] == 192
    assert found["classes"] == 4
    assert found["macro_f1"] > 0.9
    assert found["goals"]["top3"]["met"] is True
    assert len(found["macro_f1_by_fold"]) == 5


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ("text=title", "which column is the class"),
        ("text=title,class=none", 'no column "none"'),
    ],
)
def test_a_column_that_is_not_there_is_told(labelled, columns, why, capsys):
    assert (
        main(["--lang", "en", "insight", "eval", "classes", str(labelled), "--columns", columns])
        == 2
    )
    assert why in capsys.readouterr().err


def test_a_file_is_wanted(capsys):
    assert main(["--lang", "en", "insight", "eval", "classes"]) == 2
    assert "name a file" in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["when=a", "text", "text=", "text=a+", "=a"])
def test_columns_of_another_shape_are_not_taken(typed, capsys):
    with pytest.raises(ValueError):
        columns_of(typed)
    with pytest.raises(SystemExit):
        main(["--lang", "en", "insight", "eval", "classes", "x.csv", "--columns", typed])
    assert "MEANING=COLUMN" in capsys.readouterr().err


def test_rows_that_lack_something_are_left_out(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\nx,1\n,2\ny,\nz,3,4\n", "utf-8")
    columns = columns_of("text=a,class=b")
    assert list(table(path, columns, ("text", "class"))) == [{"text": "x", "class": "1"}]
    with pytest.raises(Refused):
        list(table(path, columns, ("text", "time")))


def test_what_is_nearly_the_same_is_in_one_fold():
    texts = [text + end for text in SAID["噪声"] for end in ("", "。", "！")] * 3
    groups = groups_of(texts)
    folds = folds_of(["噪声"] * len(texts), groups, 3, seed=1)
    assert len(set(groups)) == 3
    assert len(set(zip(groups, folds, strict=True))) == 3
    assert sorted(set(folds)) == [0, 1, 2]


def test_goals_are_judged_by_their_side():
    found = judged(
        {"a": 1.0, "b": 2, "c": None}, {"a": ("least", 1), "b": ("most", 1), "c": ("most", 1)}
    )
    assert [one["met"] for one in found.values()] == [True, False]


def test_macro_f1_is_the_mean_over_classes():
    assert macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert macro_f1(["a"], ["b"]) == 0
