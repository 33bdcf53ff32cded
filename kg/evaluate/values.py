"""Tell whether two values, as the files write them, are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.evaluate.faults import GoldError
from kg.evaluate.names import phrases_agree
from kg.evaluate.times import times_agree

NUMBERS = ("amount", "percent", "count", "number")
STRINGS = ("text", "edtf", "direction", "currency")
TOLERANCE = 0.01  # of the larger number
_SMALLEST = 1e-9  # keeps the tolerance above zero when both numbers are
# A count may be told as a number and the other way round.
_OTHER_FIELDS = {"count": "number", "number": "count"}

Value = Mapping[str, Any]


def checked_value(value: Value, place: str) -> Value:
    """Return a value without empty fields. Raises `GoldError` if one is of the wrong sort."""
    filled = {name: field for name, field in value.items() if field is not None}
    for name in NUMBERS:
        if name in filled and not _is_number(filled[name]):
            raise GoldError(place, f"`{name}` of the value is no number", "write 5 or [5, 6]")
    for name in STRINGS:
        if name in filled and not isinstance(filled[name], str):
            raise GoldError(place, f"`{name}` of the value is no string", "write it in quotes")
    return filled


def _is_number(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_number(item) for item in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def values_agree(gold: Value, found: Value) -> bool:
    """Tell whether a value found is the one in gold: numbers within 1 % and in its currency, times by their days.

    What decides is gold's fields: a phrase, a time, a mere direction, or else its number.

    >>> values_agree({"amount": 1000, "currency": "EUR"}, {"amount": 1005, "currency": "EUR"})
    True
    """
    if gold.keys() == {"text"}:
        return phrases_agree(gold["text"], found.get("text") or "")
    if "edtf" in gold:
        return times_agree(gold["edtf"], found.get("edtf"))
    field = next((name for name in NUMBERS if name in gold), None)
    if field is None:
        return "direction" in gold and bool(gold["direction"] == found.get("direction"))
    return _numbers_agree(gold, found, field)


def _numbers_agree(gold: Value, found: Value, field: str) -> bool:
    other = found.get(field, found.get(_OTHER_FIELDS.get(field, field)))
    if other is None:
        return False
    wanted = gold[field]
    if isinstance(wanted, list) or isinstance(other, list):
        return bool(wanted == other)
    if abs(wanted - other) > TOLERANCE * max(abs(wanted), abs(other), _SMALLEST):
        return False
    return field != "amount" or not gold.get("currency") or gold["currency"] == found.get("currency")
