"""``gongkai report write``: from an object of ``read`` to a document and back."""

import pytest


@pytest.fixture
def object_file(run, make, tmp_path):
    """A JSON line of ``read``."""
    path = tmp_path / "read.json"
    path.write_text(run("report", "read", make(), "--format", "jsonl").out, "utf-8")
    return path


@pytest.mark.parametrize("to", ["docx", "html", "xlsx", "pdf"])
def test_reading_what_was_written_gives_the_same_object(run, object_file, tmp_path, to) -> None:
    output = tmp_path / f"again.{to}"
    ended = run("report", "write", object_file, "--to", to, "-o", output)
    assert (ended.code, ended.out) == (0, f"已写出：{output}\n")
    (again,) = run("report", "read", output, "--format", "jsonl").objects
    (first,) = run("report", "read", tmp_path / "report.html", "--format", "jsonl").objects
    assert {**again, "source": ""} == {**first, "source": ""}


def test_suffix_must_agree(run, object_file, tmp_path) -> None:
    ended = run("report", "write", object_file, "--to", "pdf", "-o", tmp_path / "a.docx")
    assert (ended.code, ended.out) == (2, "") and "--to pdf" in ended.err
    assert not (tmp_path / "a.docx").exists()


def test_the_suffix_alone_chooses_the_format(run, object_file, tmp_path) -> None:
    assert run("report", "write", object_file, "-o", tmp_path / "a.HTML").code == 0
    assert (tmp_path / "a.HTML").read_text("utf-8").startswith("<!")
    for name in ("a", "a.odt", "a.json"):
        ended = run("report", "write", object_file, "-o", tmp_path / name)
        assert (ended.code, ended.out) == (2, "") and ended.err.startswith(f"{tmp_path / name}：")
        assert ".docx .pdf .html .xlsx\n" in ended.err and not (tmp_path / name).exists()


@pytest.mark.parametrize("more", [[], ["--to", "pdf"]])
def test_a_folder_is_no_file_to_write(run, object_file, tmp_path, more) -> None:
    for name in (tmp_path, f"{tmp_path}/"):
        ended = run("report", "write", object_file, *more, "-o", name)
        (line,) = ended.err.splitlines()
        assert (ended.code, ended.out) == (2, "") and line.startswith(f"{name}：这是文件夹") and "文件名" in line
        assert f"{tmp_path}/report.{'pdf' if more else 'docx'}" in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("[]", "read.json"),
        ("{}", "form"),
        ('{"form": "annual-2021", "cells": 3}', "cells"),
        ('{"a": 1}\n{"b": 2}\n\n{"c": 3}\n', "3 个对象"),
    ],
)
def test_what_is_no_object_is_refused_by_name(run, tmp_path, text, words) -> None:
    path = tmp_path / "read.json"
    path.write_text(text)
    ended = run("report", "write", path, "--to", "html", "-o", tmp_path / "a.html")
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1 and "read.json" in ended.err and words in ended.err


def test_other_bytes_and_missing_files_are_refused(run, tmp_path) -> None:
    (tmp_path / "gbk.json").write_bytes("{“机关”}".encode("gbk"))
    for name in ("gbk.json", "missing.json"):
        ended = run("report", "write", tmp_path / name, "--to", "html", "-o", tmp_path / "a.html")
        assert ended.code == 2 and name in ended.err
