"""The facts of many persons as columns.

A NIK whose six middle digits agree with birth date and sex travels as its region (which most rows share) and its serial
number; a phone number as one number of five bytes. Columns that are mostly text have keys from 40 on: they stand behind
all others, where they deflate among their like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from payung.facts import Facts
from payung.person import Blood, Sex
from sync.columns import (
    pack_optional,
    pack_planes,
    pack_repeated,
    pack_texts,
    unpack_optional,
    unpack_planes,
    unpack_repeated,
    unpack_texts,
)
from sync.errors import Unreadable
from sync.revision import BLOODS, SEXES
from sync.shape import day_of

_NIK_LENGTH: Final = 16
_NIK_AS_TEXT: Final = 0xFFFF
_FEMALE_DAY: Final = 40
_TRILEAN: Final[tuple[bool | None, ...]] = (None, False, True)
_SEX_OF: Final[tuple[Sex | None, ...]] = (None, *SEXES)
_BLOOD_OF: Final[tuple[Blood | None, ...]] = (None, *BLOODS)
_PHONE_STARTS: Final = ("", "0", "+62")  # the first: the number stands as text
_PHONE_DIGITS: Final = range(5, 13)
_PHONE_WIDTH: Final = 5
_DAY_WIDTH: Final = 3
_TRAITS, _PHONES, _NIKS = 26, 27, 28


class _Column(NamedTuple):
    key: int
    field: str
    usual: object
    pack: Callable[[Sequence[Any]], object]
    unpack: Callable[[object, int], Sequence[object]]


def _pack_days(days: Sequence[date | None]) -> bytes:
    return pack_planes([0 if day is None else day.toordinal() for day in days], _DAY_WIDTH)


def _unpack_days(data: object, count: int) -> list[date | None]:
    return [day_of(number) if number else None for number in unpack_planes(data, count, _DAY_WIDTH)]


def _pack_shared_days(days: Sequence[date | None]) -> object:
    return pack_repeated([0 if day is None else day.toordinal() for day in days])


def _unpack_shared_days(data: object, count: int) -> list[date | None]:
    return [day_of(number) if number else None for number in unpack_repeated(data, count, int)]


def pack_lists(values: Sequence[tuple[str, ...]]) -> object:
    """Lists of codes, most of them alike, as a column."""
    return pack_repeated([list(value) for value in values])


def unpack_lists(data: object, count: int) -> list[tuple[str, ...]]:
    """The lists `pack_lists` was given."""
    lists = unpack_repeated(data, count, list)
    if not all(isinstance(code, str) for codes in lists for code in codes):
        raise Unreadable("column")
    return [tuple(codes) for codes in lists]


def _unpack_shared(data: object, count: int) -> list[str]:
    return unpack_repeated(data, count, str)


def _whole(key: int, field: str) -> _Column:
    return _Column(key, field, None, pack_optional, unpack_optional)


def _text(key: int, field: str) -> _Column:
    return _Column(key, field, "", pack_texts, unpack_texts)


def _shared(key: int, field: str) -> _Column:
    return _Column(key, field, "", pack_repeated, _unpack_shared)


_COLUMNS: Final = (
    _whole(20, "tps"),
    _whole(21, "seat"),
    _whole(22, "rt"),
    _whole(23, "rw"),
    _Column(24, "birthdate", None, _pack_days, _unpack_days),
    _Column(25, "decree_date", None, _pack_shared_days, _unpack_shared_days),
    _shared(40, "place"),
    _shared(41, "post"),
    _shared(42, "birthplace"),
    _shared(43, "decree_number"),
    _shared(44, "postcode"),
    _Column(45, "confirmed", (), pack_lists, unpack_lists),
    _text(46, "name"),
    _text(47, "mother"),
    _text(48, "address"),
    _text(49, "email"),
    _text(50, "kpj"),
)
KEYS: Final = frozenset({_TRAITS, _PHONES, _NIKS, *(column.key for column in _COLUMNS)})


def pack_people(people: Sequence[Facts]) -> dict[int, object]:
    """The columns of these facts; a column that says nothing is left out."""
    columns: dict[int, object] = {}
    for column in _COLUMNS:
        values = [getattr(facts, column.field) for facts in people]
        if any(value != column.usual for value in values):
            columns[column.key] = column.pack(values)
    if any(map(_traits, people)):
        columns[_TRAITS] = pack_planes(list(map(_traits, people)), 2)
    if any(facts.phone for facts in people):
        columns[_PHONES] = _pack_phones([facts.phone for facts in people])
    if any(facts.nik for facts in people):
        columns[_NIKS] = _pack_niks(people)
    return columns


def unpack_people(columns: Mapping[int, object], count: int) -> list[Facts]:
    """The facts `pack_people` was given; Unreadable where a column is not one."""
    values: dict[str, Sequence[Any]] = {
        column.field: column.unpack(columns[column.key], count) if column.key in columns else [column.usual] * count
        for column in _COLUMNS
    }
    traits = unpack_planes(columns[_TRAITS], count, 2) if _TRAITS in columns else [0] * count
    values["sex"] = [_SEX_OF[trait & 3] for trait in traits]
    values["married"] = [_TRILEAN[trait >> 2 & 3] for trait in traits]
    values["blood"] = [_BLOOD_OF[trait >> 4 & 7] for trait in traits]
    values["has_kpj"] = [_TRILEAN[trait >> 8 & 3] for trait in traits]
    values["asn"] = [_TRILEAN[trait >> 10 & 3] for trait in traits]
    values["phone"] = _unpack_phones(columns[_PHONES], count) if _PHONES in columns else [""] * count
    values["nik"] = (
        _unpack_niks(columns[_NIKS], values["birthdate"], values["sex"]) if _NIKS in columns else [""] * count
    )
    return [Facts(**{field: column[row] for field, column in values.items()}) for row in range(count)]


def _traits(facts: Facts) -> int:
    return (
        _SEX_OF.index(facts.sex)
        | _TRILEAN.index(facts.married) << 2
        | _BLOOD_OF.index(facts.blood) << 4
        | _TRILEAN.index(facts.has_kpj) << 8
        | _TRILEAN.index(facts.asn) << 10
    )


def _pack_phones(phones: Sequence[str]) -> list[object]:
    split = [_phone(phone) for phone in phones]
    return [
        bytes(start for start, _number in split),
        pack_planes([number for _start, number in split], _PHONE_WIDTH),
        [phone for phone, (start, _number) in zip(phones, split, strict=True) if not start],
    ]


def _phone(phone: str) -> tuple[int, int]:
    for start, written in enumerate(_PHONE_STARTS):
        rest = phone.removeprefix(written)
        if (
            start
            and rest != phone
            and len(rest) in _PHONE_DIGITS
            and rest.isascii()
            and rest.isdigit()
            and rest[0] != "0"
        ):
            return start, int(rest)
    return 0, 0


def _unpack_phones(data: object, count: int) -> list[str]:
    starts, numbers, texts = _parts(data, 3)
    left = _texts(texts)
    return [
        f"{_PHONE_STARTS[start]}{number}" if start else next(left, "")
        for start, number in zip(
            unpack_planes(starts, count, 1), unpack_planes(numbers, count, _PHONE_WIDTH), strict=True
        )
    ]


def _pack_niks(people: Sequence[Facts]) -> list[object]:
    derived = [_agrees(facts) for facts in people]
    return [
        pack_repeated([facts.nik[:6] if agrees else "" for facts, agrees in zip(people, derived, strict=True)]),
        pack_planes(
            [int(facts.nik[12:]) if agrees else _NIK_AS_TEXT for facts, agrees in zip(people, derived, strict=True)], 2
        ),
        [facts.nik for facts, agrees in zip(people, derived, strict=True) if not agrees],
    ]


def _agrees(facts: Facts) -> bool:
    nik = facts.nik
    if len(nik) != _NIK_LENGTH or not (nik.isascii() and nik.isdigit()):
        return False
    return nik[6:12] == _birth_digits(facts.birthdate, facts.sex)


def _birth_digits(birthdate: date | None, sex: Sex | None) -> str:
    """The middle digits of a NIK: day (plus 40 for a woman), month, year; empty when not both are known."""
    if birthdate is None or sex is None:
        return ""
    day = birthdate.day + (_FEMALE_DAY if sex is Sex.P else 0)
    return f"{day:02}{birthdate.month:02}{birthdate.year % 100:02}"


def _unpack_niks(data: object, birthdates: Sequence[date | None], sexes: Sequence[Sex | None]) -> list[str]:
    regions, serials, texts = _parts(data, 3)
    count = len(birthdates)
    left = _texts(texts)
    return [
        next(left, "") if serial == _NIK_AS_TEXT else f"{region}{_birth_digits(birthdate, sex)}{serial:04}"
        for region, serial, birthdate, sex in zip(
            unpack_repeated(regions, count, str), unpack_planes(serials, count, 2), birthdates, sexes, strict=True
        )
    ]


def _parts(data: object, count: int) -> list[object]:
    if not isinstance(data, list) or len(data) != count:
        raise Unreadable("column")
    return data


def _texts(texts: object) -> Iterator[str]:
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Unreadable("column")
    return iter(texts)
