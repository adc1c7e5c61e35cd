"""Word 97–2003 documents (DOC) and those of WPS, which are the same inside: converted, then read.

LibreOffice keeps the tables whole. Without it antiword and catdoc give text, in which blank cells and rows may be lost.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from gongkai.core.message import message
from gongkai.documents.read.compound import SIGNATURE, Compound
from gongkai.documents.read.limits import EXTRACTOR_SECONDS, SOFFICE_SECONDS
from gongkai.documents.read.source import Source, Unreadable

_RTF = b"{\\rtf"
_EXTRACTORS = {
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),
    "catdoc": ("-d", "utf-8", "-w"),
}

# What a document brings with it must neither run nor reach out (linked pictures, links that update).
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(path: Path, name: str, which: Callable[[str], str | None] = shutil.which) -> Source:
    """Read a DOC or WPS (also an RTF) with the best converter at hand.

    Args:
        path: the file.
        name: what messages call it.
        which: finds a program by name, as ``shutil.which``.

    Raises:
        Unreadable: an older format, no Word document, encrypted; no converter installed, or none could convert it.
    """
    _recognise(path.read_bytes(), name)
    tried = []
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        # A plain name: the converters take names with a leading dash for options.
        copy = Path(folder, "report.doc")
        shutil.copyfile(path, copy)
        office = which("soffice") or which("libreoffice")
        if office:
            tried.append("LibreOffice")
            converted = _convert(office, copy)
            if converted:
                from gongkai.documents.read import docx

                return docx.read(converted, name)
        texts = {}
        for tool, options in _EXTRACTORS.items():
            program = which(tool)
            if program:
                tried.append(tool)
                texts[tool] = _run([program, *options, copy.name], copy.parent, EXTRACTOR_SECONDS) or b""
    # Each loses rows of some tables that the other keeps.
    tool = max(texts, key=lambda tool: len(b"".join(texts[tool].split())), default="")
    if tool and texts[tool].strip():
        from gongkai.documents.read import txt

        source = txt.read(texts[tool], name)
        source.problems.append(message("read.blanks-lost", file=name, tool=tool))
        return source
    if not tried:
        raise Unreadable(message("read.no-converter", file=name))
    raise Unreadable(message("read.conversion-failed", file=name, tools="、".join(tried)))


def _recognise(data: bytes, name: str) -> None:
    """Refuse what no converter can read, with the reason."""
    if data.startswith(_RTF):
        return
    if not data.startswith(SIGNATURE):
        raise Unreadable(message("read.old-wps", file=name))
    try:
        compound = Compound(data)
        streams = compound.names
        document = compound.read("WordDocument") if "WordDocument" in streams else b""
    except ValueError as error:
        raise Unreadable(message("read.office-damaged", file=name)) from error
    # MS-DOC 2.5.2: bit 8 of the flags at offset 10 of the information block is fEncrypted.
    if "EncryptedPackage" in streams or (len(document) > 12 and document[11] & 0x01):
        raise Unreadable(message("read.office-encrypted", file=name))
    if not document:
        raise Unreadable(message("read.office-not-word", file=name))


def _convert(office: str, document: Path) -> Path | None:
    """The DOCX that LibreOffice makes of a document, beside it; ``None`` where it makes none in time.

    It runs with a profile of its own, so that neither a running LibreOffice nor its settings matter.
    """
    folder = document.parent
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    result = folder / "converted" / f"{document.stem}.docx"
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(result.parent), document.name),
    ]
    _run(command, folder, SOFFICE_SECONDS)
    return result if result.is_file() else None


def _run(command: list[str], folder: Path, seconds: float) -> bytes | None:
    """What a program prints, ``None`` where it fails or takes too long; then it is ended with all it has started."""
    # The programs get what they need to start and nothing of ours; LibreOffice is a script around its own programs.
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except BaseException as error:
            # Also when interrupted. The program may be gone and have left others behind that keep the pipe open.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return None
    return output if process.returncode == 0 else None
