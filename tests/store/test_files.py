"""The folder of files: sealed, named by nothing that tells, given out only as they were kept."""

import pytest
from cryptography.fernet import Fernet

from gongkai.core.ledger.refusal import Refused
from gongkai.store.files import Files
from gongkai.store.sealing import Sealer

PDF, TABLE = b"%PDF-1.7 plan", b"PK\x03\x04 table"


def test_no_byte_and_no_hash_of_a_file_stands_in_the_folder(tmp_path):
    files = Files(tmp_path, Sealer(tmp_path))
    hash = files.keep(PDF)
    assert files.keep(PDF) == hash
    (path,) = (each for each in (tmp_path / "files").rglob("*") if each.is_file())
    assert PDF not in path.read_bytes() and hash not in str(path)
    assert path.stat().st_mode & 0o077 == 0
    assert files.read(hash) == PDF


@pytest.mark.parametrize("harm", ["other key", "changed", "swapped", "gone"])
def test_a_file_that_is_not_what_it_was_is_not_given_out(tmp_path, harm):
    sealer = Sealer(tmp_path)
    files = Files(tmp_path, sealer)
    hash = files.keep(PDF)
    (path,) = (each for each in (tmp_path / "files").rglob("*") if each.is_file())
    if harm == "gone":
        path.unlink()
    elif harm == "changed":
        path.write_bytes(path.read_bytes()[:-8] + b"AAAAAAA=")
    elif harm == "swapped":
        path.write_bytes(sealer.seal_bytes(TABLE))
    else:
        path.write_bytes(Fernet(Fernet.generate_key()).encrypt(PDF))
    with pytest.raises(Refused, match=r"attachment\.lost"):
        files.read(hash)
