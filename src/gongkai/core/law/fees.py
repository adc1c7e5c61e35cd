"""The information processing fee (信息处理费): by item or by page, each rate for the part within its step.

Source: Regulation (Order 711) Art. 42; Measures 国办函〔2020〕109号, Arts. 3 to 5. Amounts are whole yuan. For one
request an office takes one of the two, never both; that a fee may be charged at all is for the office to find first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.core.law.values import MissingValue, Step, Value, Values
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message

By = Literal["item", "page"]

MOST = 1_000_000
"""Above this a count is a slip of the keyboard; the tariff by item has a step for every ten."""


@dataclass(frozen=True, slots=True)
class FeeStep:
    """The part of a count within one step: units ``first`` to ``last``, ``count`` of them at ``rate`` yuan."""

    first: int
    last: int
    count: int
    rate: int
    amount: int


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in yuan and how it comes about. ``tariff`` names its source. No step where nothing was counted."""

    amount: int
    steps: tuple[FeeStep, ...]
    by: By
    tariff: Value

    @property
    def messages(self) -> tuple[Message, ...]:
        """One sentence a step, then the sum, as a fee notice prints them."""
        end = message("law.fee-sum", amount=self.amount, source=self.tariff.source)
        return (*(_said(self.by, step) for step in self.steps), end)


def by_item(count: int, values: Values, on: date) -> Fee:
    """The fee for all requests of one applicant to one organ in one calendar month, ``count`` of them.

    ``on``: a day of that month. Raises ``MissingValue`` before the fee existed, ``Refused`` for a count below zero.
    """
    return _fee("item", count, values, on)


def by_page(pages: int, values: Values, on: date) -> Fee:
    """The fee for one request by pages; pages of several requests are never added up.

    ``on``: the day of the notice. Raises ``MissingValue`` before the fee existed, ``Refused`` for a count below zero.
    """
    return _fee("page", pages, values, on)


def item_fee(nth: int, values: Values, on: date) -> int:
    """What the ``nth`` request of an applicant in a calendar month adds, in yuan; the first is 1.

    Raises ``MissingValue`` before the fee existed, ``Refused`` where ``nth`` is below 1.
    """
    if nth < 1:
        raise Refused(message("law.fee-no-such-request", nth=nth))
    _within(nth)
    *_, last = _parts(_tariff("item", values, on).steps, nth)
    return last.rate


def _fee(by: By, count: int, values: Values, on: date) -> Fee:
    if count < 0:
        raise Refused(message("law.fee-negative", count=count))
    _within(count)
    tariff = _tariff(by, values, on)
    steps = tuple(_parts(tariff.steps, count))
    return Fee(sum(step.amount for step in steps), steps, by, tariff)


def _within(count: int) -> None:
    if count > MOST:
        raise Refused(message("law.fee-too-many", count=count, most=MOST))


def _tariff(by: By, values: Values, on: date) -> Value:
    try:
        return values.at(f"{by}_tariff", on)
    except MissingValue:
        raise MissingValue(message("law.no-fee", day=on)) from None


def _parts(steps: tuple[Step, ...], count: int) -> Iterator[FeeStep]:
    """The steps that ``count`` units reach, each cut to what lies within it."""
    for first, last, rate in _brackets(steps, count):
        number = min(last, count) - first + 1
        yield FeeStep(first, first + number - 1, number, rate, number * rate)


def _brackets(steps: tuple[Step, ...], count: int) -> Iterator[tuple[int, int, int]]:
    """First unit, last unit and rate of every step up to ``count``, rising steps written out."""
    ends = [step.first - 1 for step in steps[1:]] + [count]
    for step, end in zip(steps, ends, strict=True):
        first, rate = step.first, step.rate
        while first <= min(end, count):
            last = end if step.every is None else first + step.every - 1
            yield first, last, rate
            first, rate = last + 1, rate + step.more


def _said(by: By, step: FeeStep) -> Message:
    """The sentence of one step; ``by`` chooses items or pages."""
    if step.rate == 0:
        return message(f"law.fee-free-{by}", first=step.first, last=step.last, count=step.count)
    given = {"first": step.first, "last": step.last, "count": step.count, "rate": step.rate, "amount": step.amount}
    return message(f"law.fee-step-{by}", **given)
