"""Files at the desk: those of an item (附件), and a document from which the text of an item is taken (从文件取正文)."""

import secrets
from functools import partial
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.desk.attempt import Attempt, attempt
from gongkai.desk.item_deeds import ITEM_DEEDS, LONGEST, DraftItemForm, files_of
from gongkai.desk.staff import allowed, frame, staff
from gongkai.desk.views.items import found, page
from gongkai.documents.read.open import open_source
from gongkai.documents.read.plain import plain
from gongkai.documents.read.source import Paragraph, Unreadable
from gongkai.pages.files import attached_file
from gongkai.pages.upload import Broken, Limits, Taken, TooMany
from gongkai.services.outgoing.paste import clean
from gongkai.services.publish.attachments import LARGEST, MOST, Attachment, attachment, too_large
from gongkai.store.items import ItemCase

ATTACHED = Limits("add", files=MOST, bytes=LARGEST)
SOURCE = Limits("source", files=1, bytes=LARGEST)


@require_safe
@staff
def file(request: HttpRequest, number: str, hash: str) -> HttpResponse:
    """A file of the draft, or of what is under review: reviewers open exactly what the hash covers."""
    shown = next((each for each in files_of(found(request, number)) if each.hash == hash), None)
    if shown is None:
        raise Http404
    return attached_file(shown, request.gongkai.ledgers.files.read(hash))


@csrf_exempt  # the limits must stand before anything reads the form; it is protected below
@require_http_methods(["GET", "POST"])
@staff
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Files are put to the draft or taken from it."""
    allowed(request, "attach_files")
    return _attach(request, found(request, number), _taken(request, ATTACHED))


@csrf_protect
def _attach(request: HttpRequest, seen: ItemCase, taken: Taken | None) -> HttpResponse:
    deed = ITEM_DEEDS["attach_files"]
    asked = deed._replace(form=partial(deed.form, seen, partial(_kept, request, taken)))
    tried = attempt(request, "attach_files", asked, Thing("item", seen.number), deed.initial(seen))
    if tried.done is not None:
        return redirect("desk-item", number=seen.number)
    more = {**page("attach_files", tried, seen.number), "seen": seen}
    return render(request, "desk/item_act.html", frame(request, **more), status=tried.status)


@csrf_exempt  # as above
@require_http_methods(["GET", "POST"])
@staff
def text(request: HttpRequest, number: str = "") -> HttpResponse:
    """A document is chosen; its words then stand in the form of the draft, to be looked over before they are kept."""
    allowed(request, "draft_item")
    return _text(request, found(request, number) if number else None, _taken(request, SOURCE))


@csrf_protect
def _text(request: HttpRequest, seen: ItemCase | None, taken: Taken | None) -> HttpResponse:
    wrong = None
    if taken is not None:
        try:
            return _drafting(request, seen, *_read(taken))
        except (Refused, Unreadable) as told:
            wrong = told.message
    more = {"seen": seen, "wrong": wrong, "size": LARGEST >> 20}
    return render(request, "desk/from_file.html", frame(request, **more), status=422 if wrong else 200)


def _drafting(request: HttpRequest, seen: ItemCase | None, title: str, text: str) -> HttpResponse:
    """The form of the draft, with the words of a document in it."""
    number = seen.number if seen else ""
    first = ITEM_DEEDS["draft_item"].initial(seen) if seen else {"version": 0, "title": title}
    form = DraftItemForm(initial={**first, "text": text, "key": secrets.token_urlsafe(16)})
    action = reverse("item-act", args=[number, "draft_item"]) if seen else reverse("item-new")
    more = {**page("draft_item", Attempt(form, 200), number), "seen": seen, "action": action, "taken": True}
    return render(request, "desk/item_act.html", frame(request, **more))


def _read(taken: Taken) -> tuple[str, str]:
    """Title and text of the document that came: a heading at its beginning is its title.

    Raises:
        Refused: no file, one too large, or one with more text than an item may have.
        Unreadable: as ``documents.read.open`` does.
    """
    came = next(taken.files(), None)
    if came is None:
        raise Refused(message("attachment.none"))
    name, file = _small(*came)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"source{PurePath(name).suffix.lower()}"
        path.write_bytes(file.read())
        try:
            source = open_source(path)
        except Unreadable as unreadable:
            said = unreadable.message
            raise Unreadable(message(said.id, **{**said.params, "file": name})) from unreadable
    title = ""
    if source.blocks and isinstance(first := source.blocks[0], Paragraph) and first.heading:
        title = first.text
        del source.blocks[0]
    text = plain(source)
    if len(text) > LONGEST:
        raise Refused(message("item.text-too-long", file=name, length=len(text), limit=LONGEST))
    return title, clean(text)


def _taken(request: HttpRequest, limits: Limits) -> Taken | None:
    """The files that came with a form. Raises ``Refused`` where they broke off, or are far too many."""
    if request.method != "POST":
        return None
    try:
        return Taken(request, limits)
    except TooMany as error:
        raise Refused(message("attachment.too-many", most=limits.files)) from error
    except Broken as error:
        raise Refused(message("attachment.broken")) from error


def _kept(request: HttpRequest, taken: Taken | None) -> tuple[Attachment, ...]:
    """The files that came, kept by their hash; none is where one of them is refused."""
    if taken is None:
        return ()
    try:
        came = [_small(*each) for each in taken.files()]
    except TooMany as error:
        raise Refused(message("attachment.too-many", most=MOST)) from error
    judged = tuple(attachment(name, file.read()) for name, file in came)
    for _, file in came:
        file.seek(0)
        request.gongkai.ledgers.files.keep(file.read())
    return judged


def _small(name: str, file: UploadedFile | None) -> tuple[str, UploadedFile]:
    """A file that was not too large. Raises ``Refused``."""
    if file is None:
        raise too_large(name)
    return name, file
