"""From records to paper: numbers first, nobody who is not ready, nothing after the laptop's time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp

from desktop import printing
from desktop.printing import Choices
from desktop.store import certificates, enrolments, handling, vault
from desktop.store.database import Store
from desktop.store.handling import Fate
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


def test_a_preview_allocates_nothing_and_can_be_taken_for_nothing(store: Store) -> None:
    saved = enrolments.save(store, FACTS)

    content, written = printing.drawn(printing.preview(store, [saved.id], Choices("2up", "A4", receipts=True)))

    with pypdfium2.PdfDocument(content) as document:
        said = document[0].get_textpage().get_text_bounded()
        picture = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    assert written.pages == 2
    assert "CONTOH PRATINJAU" in said
    assert "PYG-7K3M-·····" in said
    assert all(not found.text.startswith("PY1:") for found in zxingcpp.read_barcodes(picture))
    assert handling.papers(store) == ()


def test_a_batch_is_drawn_in_memory_with_the_numbers_recorded_first(store: Store) -> None:
    saved = enrolments.save(store, FACTS)

    batch = printing.prepare(store, [saved.id])

    assert [paper.key for paper in handling.papers(store)] == list(batch.keys)
    content, _ = printing.drawn(batch)
    with pypdfium2.PdfDocument(content) as document:
        assert batch.keys[0][0] in document[0].get_textpage().get_text_bounded()


def test_a_jammed_sheet_is_printed_again_under_its_numbers_as_a_copy(store: Store) -> None:
    people = [replace(FACTS, post="kpps-anggota", seat=seat, nik=f"53710415089599{seat:02}") for seat in (2, 3, 4)]
    batch = printing.prepare(store, [enrolments.save(store, facts).id for facts in people])
    records, keys = printing.again(batch, 1)

    second = printing.prepare(store, records, spoiled=keys)

    assert second.keys == ((batch.keys[2][0], 2),)
    content, _ = printing.drawn(second)
    with pypdfium2.PdfDocument(content) as document:
        assert "SALINAN 2" in document[0].get_textpage().get_text_bounded()
    spoiled = [paper for paper in handling.papers(store) if paper.fate is Fate.SPOILED]
    assert [paper.key for paper in spoiled] == list(keys)


def test_the_sheet_of_the_day_counts_what_was_printed_and_given(store: Store, tmp_path: Path) -> None:
    saved = enrolments.save(store, FACTS)
    batch = printing.prepare(store, [saved.id])
    handling.hand_over(store, batch.keys, "")

    made = printing.write_day(store, tmp_path / "hari.pdf")

    assert (made.before, made.printed, made.handed, made.in_hand) == (0, 1, 1, 0)
    assert made.balances
    assert FACTS.name in text(tmp_path / "hari.pdf")


def test_what_was_printed_is_known_after_the_power_went_while_the_printer_ran(store: Store, tmp_path: Path) -> None:
    saved = enrolments.save(store, FACTS)
    batch = printing.prepare(store, [saved.id])

    shutil.copytree(store.folder, tmp_path / "after")  # the disk as the cut leaves it: nobody closed the store
    with Store.open(tmp_path / "after", store.unlocked) as again:
        papers = handling.papers(again)
        assert [(paper.key, paper.fate) for paper in papers] == [(batch.keys[0], Fate.IN_HAND)]
        assert enrolments.get(again, saved.id).exchange is enrolments.Exchange.QUEUED
        assert [one.number for one in handling.unsent(again, papers[0].printed_at.date())] == [batch.keys[0][0]]
