"""From records to paper: numbers first, nobody who is not ready, nothing after the laptop's time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest

from desktop import printing
from desktop.store import certificates, enrolments, vault
from desktop.store.database import Store
from payung.facts import Facts
from payung.person import Sex
from sync.errors import Expired
from tests import laptops

FACTS = Facts(
    place=laptops.VILLAGE,
    tps=14,
    post="kpps-ketua",
    nik="5371041508959901",
    name="Yohanes Ndolu",
    birthplace="Kupang",
    birthdate=date(1995, 8, 15),
    sex=Sex.L,
)


class Clock:
    """The laptop's clock, set by the test."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    folder = tmp_path / "laptop"
    unlocked = vault.create(folder, operator=laptops.OPERATOR, passphrase=laptops.PASSPHRASE)
    with Store.create(folder, unlocked, laptops.kit(), clock=clock) as made:
        yield made


def text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_paper_says_what_is_known_and_no_more(store: Store, tmp_path: Path) -> None:
    saved = enrolments.save(store, FACTS)

    issued = printing.issue(store, [saved.id], tmp_path / "sertifikat.pdf")

    said = text(issued.path)
    assert (issued.certificates, issued.pages, issued.left_out) == (1, 1, ())
    assert "PYG-7K3M-" in said
    assert "9901" in said
    assert FACTS.nik not in said
    assert "Rp1.200.000" in said


def test_who_is_not_ready_is_left_out_with_the_reason(store: Store, tmp_path: Path) -> None:
    ready = enrolments.save(store, FACTS)
    draft = enrolments.save(store, Facts(place=laptops.VILLAGE, tps=14, post="linmas"))
    nobody = uuid4()

    issued = printing.issue(store, [draft.id, ready.id, nobody], tmp_path / "sertifikat.pdf")

    assert issued.certificates == 1
    assert {one.id: one.reason for one in issued.left_out} == {
        draft.id: "certificate.draft",
        nobody: "certificate.unknown",
    }


def test_without_anybody_ready_no_file_is_written(store: Store, tmp_path: Path) -> None:
    issued = printing.issue(store, [uuid4()], tmp_path / "sertifikat.pdf")

    assert issued.certificates == 0
    assert not issued.path.exists()


def test_a_laptop_out_of_its_time_gives_no_number(store: Store, clock: Clock, tmp_path: Path) -> None:
    saved = enrolments.save(store, FACTS)
    clock.at += timedelta(days=31)

    with pytest.raises(Expired):
        printing.issue(store, [saved.id], tmp_path / "sertifikat.pdf")

    clock.at -= timedelta(days=31)
    (given,) = certificates.allocate(store, [saved.id])
    assert given.copy == 1


def test_a_file_that_cannot_be_written_keeps_the_number_for_the_next_print(store: Store, tmp_path: Path) -> None:
    saved = enrolments.save(store, FACTS)

    with pytest.raises(OSError, match="tidak"):
        printing.issue(store, [saved.id], tmp_path / "tidak" / "ada.pdf")

    (given,) = certificates.allocate(store, [saved.id])
    assert given.copy == 2
