"""The cache of what was made of rulebook files: quick when unchanged, renewed when not, never trusted from others."""

from gongkai.rulebook.load.compiled import compiled


def test_made_once_until_a_file_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "a.toml"
    file.write_text("one")
    made = []

    def make():
        made.append(file.read_text())
        return {"text": file.read_text()}

    assert compiled("x", [file], make) == {"text": "one"}
    assert compiled("x", [file], make) == {"text": "one"}
    assert made == ["one"]
    file.write_text("three")
    assert compiled("x", [file], make) == {"text": "three"}
    assert made == ["one", "three"]
    assert len(list((tmp_path / "cache" / "gongkai").iterdir())) == 1


def test_a_damaged_cache_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compiled("x", [], lambda: 1) == 1
    (kept,) = (tmp_path / "gongkai").iterdir()
    kept.write_bytes(b"\x80nonsense")
    assert compiled("x", [], lambda: 2) == 2


def test_a_folder_that_others_can_write_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compiled("x", [], lambda: 1) == 1
    (tmp_path / "gongkai").chmod(0o777)
    assert compiled("x", [], lambda: 2) == 2


def test_a_folder_that_cannot_be_made_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert compiled("x", [], lambda: 3) == 3
