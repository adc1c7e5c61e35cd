"""Refuses markup that would make any HTML parser spend minutes or gigabytes, before it is given to one.

The standard's parser asks at many tags which elements are open, so its time grows with tags × depth; it repeats every
formatting element left open in each following paragraph, so its tree grows with tags × open formatting; and it compares
each attribute of a tag with those before it. None of this happens in a page that somebody reads.
"""

import re
from collections import Counter, defaultdict

from gongkai.core.message import message
from gongkai.documents.read.limits import (
    MAX_ATTRIBUTES,
    MAX_ELEMENTS,
    MAX_TAGS_TIMES_DEPTH,
    MAX_TAGS_TIMES_FORMATTING,
)
from gongkai.documents.read.source import Unreadable

_SMALL_BYTES = 256 * 1024
_STEP = 16 * 1024
_FEW_TAGS = 2900
_SOME_TAGS = 20_000
"""A small page with few start tags cannot reach a limit, one with some only by formatting; counting is then enough."""

_FORMATTING = frozenset(b"b big code em font i s small strike strong tt u".split())
_LIKE_FORMATTING = re.compile(
    rb"<(?:[bBiIuU][\s/]|[bB][iI]|[cC][oO][dD]|[eE][mM]|[fF][oO][nN]|[sS](?![pPcCeEvV])|[tT][tT])"
)
"""A hasty look for ``_FORMATTING``; it may take others for them."""

_TAG = re.compile(
    rb"<!--.*?(?:-->|\Z)"
    rb"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1|\Z)"
    rb"|<(/?)([a-z][^\s/>]*)((?:[^>=]++|=\s*(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))?)*+)",
    re.IGNORECASE | re.DOTALL,
)
_ENDS_ITSELF = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot "
    b"option optgroup html head body".split()
)
_CROWDED = 2 * MAX_ATTRIBUTES
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


def refuse_bombs(markup: bytes, name: str) -> None:
    """Raise ``Unreadable`` where parsing would exceed the limits of ``limits.py``; ``name`` is the file's."""
    tags = markup.count(b"<")
    is_small = len(markup) <= _SMALL_BYTES
    if is_small and tags <= _FEW_TAGS:
        return
    started = tags
    for begin in range(0, len(markup), _STEP):
        # What ends ends: as soon as enough has, the rest of a small page need not be counted.
        started -= markup.count(b"</", begin, begin + _STEP + 1)
        if is_small and started <= _FEW_TAGS:
            return
    if started > MAX_ELEMENTS:
        raise Unreadable(message("read.page-too-large", file=name, limit=MAX_ELEMENTS))
    if is_small and tags <= _SOME_TAGS and tags * len(_LIKE_FORMATTING.findall(markup)) <= MAX_TAGS_TIMES_FORMATTING:
        return
    depth, formatting, crowded = _extremes(markup)
    if crowded or tags * depth > MAX_TAGS_TIMES_DEPTH or tags * formatting > MAX_TAGS_TIMES_FORMATTING:
        raise Unreadable(
            message(
                "read.page-too-deep",
                file=name,
                tags=tags,
                depth=depth,
                deep=tags * depth,
                deep_limit=MAX_TAGS_TIMES_DEPTH,
                formatting=formatting,
                formatted=tags * formatting,
                formatted_limit=MAX_TAGS_TIMES_FORMATTING,
                crowded=crowded,
                attributes_limit=MAX_ATTRIBUTES,
            )
        )


def _extremes(markup: bytes) -> tuple[int, int, int]:
    """As upper bounds, the greatest numbers of elements open at once and of different formatting elements open at
    once; and how many tags have too many attributes."""
    open_by_name: Counter[bytes] = Counter()
    formats: defaultdict[bytes, list[bytes]] = defaultdict(list)
    copies: Counter[tuple[bytes, bytes]] = Counter()
    depth = deepest = formatting = most = crowded = 0
    for match in _TAG.finditer(markup):
        end, name, attributes = match.group(2, 3, 4)
        if name is None:
            continue
        if len(attributes) > _CROWDED:
            crowded += len(_QUOTED.sub(b"", attributes).split()) > MAX_ATTRIBUTES
        name = name.lower()
        if name in _ENDS_ITSELF:
            continue
        if not end:
            open_by_name[name] += 1
            depth += 1
            deepest = max(deepest, depth)
            if name in _FORMATTING:
                formats[name].append(attributes)
                formatting += copies[name, attributes] < 3  # the standard keeps three alike ("Noah's Ark")
                copies[name, attributes] += 1
                most = max(most, formatting)
        elif open_by_name[name]:
            open_by_name[name] -= 1
            depth -= 1
            if name in _FORMATTING:
                attributes = formats[name].pop()
                copies[name, attributes] -= 1
                formatting -= copies[name, attributes] < 3
    return deepest, most, crowded
