"""The exchange through sticks: laptops with real stores, an office on PostgreSQL, folders that go to and fro."""

from __future__ import annotations

import contextlib
import errno
import io
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from desktop import courier, stick
from desktop.stick import Taken
from desktop.store import audit, enrolments, vault
from desktop.store.database import Store, check
from desktop.store.enrolments import Exchange
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import Unlocked
from payung.dates import long
from payung.facts import Facts
from sync import folder
from sync.errors import DeviceRevoked, Offline, StickFull, StickGone, StickReadOnly
from sync.server import devices, keys
from sync.server.commands import program
from tests import central as offices
from tests.central import KUPANG, OKU, SULAMU, Central
from tests.desktop.store.officers import NAME, officer
from tests.laptops import OPERATOR, PASSPHRASE, Indoors, set_up

_persons = itertools.count()
SEATS = ("kpps-ketua", *("kpps-anggota",) * 6, "linmas", "linmas")


@pytest.fixture(scope="module")
def central() -> Iterator[Central]:
    with offices.folder() as place:
        made = Central.start(place)
        yield made
        made.stop()


@dataclass
class Village:
    """A laptop of a village with its real store; it has no line unless it is given one."""

    store: Store
    unlocked: Unlocked
    seats: Iterator[tuple[str, int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.seats = ((one.village, one.number, post) for one in self.store.tps for post in SEATS)

    @property
    def tag(self) -> str:
        return self.store.laptop.tag

    def enrol(self, count: int = 1) -> list[UUID]:
        """That many officers on the next free seats of the laptop's polling stations."""
        saved = enrolments.save_many(self.store, [person(*next(self.seats)) for _ in range(count)])
        assert not [one for one in saved if isinstance(one, enrolments.Refused)]
        return [one.id for one in saved if isinstance(one, enrolments.Saved)]

    def write(self, root: Path) -> stick.Written:
        return stick.write(self.store, self.unlocked, root)

    def read(self, root: Path) -> Taken:
        return stick.read(self.store, self.unlocked, root)

    def exchange(self, record: UUID) -> Exchange:
        return enrolments.get(self.store, record).exchange

    @property
    def pending(self) -> int:
        return StoreOutbox(self.store, self.unlocked).pending()


def person(place: str, tps: int, post: str) -> Facts:
    """Somebody whom no other laptop of the run has."""
    born = date(1980, 1, 1) + timedelta(days=next(_persons))
    return officer(
        place=place, tps=tps, post=post, nik=f"{place[:8].replace('.', '')}{born:%d%m%y}9901", birthdate=born
    )


@pytest.fixture
def village(central: Central, tmp_path: Path) -> Iterator[Callable[..., Village]]:
    """Makes laptops, closed at the end."""
    opened: list[Store] = []

    def make(*villages: str, server_url: str = "http://127.0.0.1:1") -> Village:
        home = tmp_path / f"laptop-{len(opened)}"
        unlocked = vault.create(home, operator=OPERATOR, passphrase=PASSPHRASE)
        kit = central.kit(*(villages or (KUPANG,)), server_url=server_url)
        opened.append(Store.create(home, unlocked, kit))
        return Village(opened[-1], unlocked)

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def office(central: Central, root: Path, *, code: int = 0) -> dict[str, dict[str, int]]:
    """`payung-server courier`: what it says of each laptop."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert program.main(["--data", str(central.config.data), "--json", "courier", str(root)]) == code, out
    return {one.pop("tag"): one for one in json.loads(out.getvalue())["laptops"]}


def files(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*.payung"))


def test_a_laptop_that_only_sees_sticks_gets_everything_over_in_one_trip(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village(KUPANG, SULAMU, OKU)
    records = here.enrol(210)

    written = here.write(root)
    answered = office(central, root)
    taken = here.read(root)

    assert (written.batches, written.records, written.left) == (3, 210, 0)
    assert answered == {here.tag: {"answered": 3, "refused": 0, "before": 0, "damaged": 0}}
    assert (taken.result.batches, taken.result.accepted, taken.result.pending, taken.waiting) == (3, 210, 0, 0)
    assert files(root) == []
    assert {here.exchange(record) for record in records} == {Exchange.SENT}
    assert check(here.store).sound
    assert audit.verify(here.store).broken_at is None


def test_changed_while_on_its_way_a_record_follows_with_the_next_stick(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    (record,) = here.enrol()
    here.write(root)
    facts = enrolments.get(here.store, record).facts
    enrolments.save(here.store, replace(facts, name="NAMA YANG BENAR"), record_id=record, reason="salah ketik")
    here.write(root)

    assert len(files(root)) == 2
    office(central, root)
    taken = here.read(root)

    assert (taken.result.accepted, taken.result.pending) == (2, 0)
    assert here.exchange(record) is Exchange.SENT


def test_a_laptop_with_nothing_to_send_asks_for_news(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()

    assert (here.write(root).batches, here.write(root).batches) == (1, 1)
    office(central, root)
    taken = here.read(root)

    assert (taken.result.batches, taken.result.sent) == (1, 0)


def test_the_bytes_on_the_stick_are_those_of_the_line(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    here.enrol(3)
    sealed = StoreOutbox(here.store, here.unlocked).next_batch(100)
    assert sealed is not None

    here.write(root)

    (path,) = root.rglob("*.payung")
    assert path.read_bytes() == sealed.data


def test_two_sticks_in_the_wrong_order(central: Central, village: Callable[..., Village], tmp_path: Path) -> None:
    here = village()
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    here.enrol(2)
    here.write(first)
    here.enrol(2)
    here.write(second)
    (first_batch,) = files(first)
    (second / f"PAYUNG-{here.tag}" / first_batch).unlink()  # as if the second stick held the second batch alone

    office(central, second)
    late = here.read(second)
    office(central, first)
    early = here.read(first)

    with central.database.connect_owner() as connection:
        query = "SELECT sequence, (health -> 'counts' ->> 'ready')::int FROM device WHERE id = %s"
        assert connection.execute(query, [here.store.laptop.device]).fetchone() == (2, 4)
    assert (late.result.accepted, late.result.pending) == (2, 2)
    assert (early.result.accepted, early.result.pending) == (2, 0)
    assert audit.verify(here.store).rolled_back is False
    assert check(here.store).sound


def test_the_same_stick_twice_changes_nothing(central: Central, village: Callable[..., Village], root: Path) -> None:
    here = village()
    here.enrol(2)
    here.write(root)
    office(central, root)
    copy = root.parent / "copy"
    shutil.copytree(root, copy)
    here.read(root)

    again, empty = here.read(copy), here.read(root)

    assert (again.result.batches, again.result.pending, again.waiting) == (0, 0, 0)
    assert files(copy) == []
    assert (empty.found, empty.result.batches) == (False, 0)
    assert office(central, copy) == {here.tag: {"answered": 0, "refused": 0, "before": 0, "damaged": 0}}


def test_what_the_line_settled_meanwhile_is_taken_off_the_stick(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    here.enrol(120)
    here.write(root)
    assert len(files(root)) == 2
    with central.serve() as address:
        assert courier.exchange_once(here.store, here.unlocked, server=address).accepted == 120
    before = central.count("batch", device=here.store.laptop.device)

    answered = office(central, root)
    taken = here.read(root)

    assert answered[here.tag]["answered"] == 2
    assert central.count("batch", device=here.store.laptop.device) == before
    assert (taken.result.batches, files(root)) == (0, [])


def test_written_again_after_the_line_the_stick_holds_only_what_waits(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    here.enrol()
    here.write(root)
    (before,) = files(root)
    with central.serve() as address:
        courier.exchange_once(here.store, here.unlocked, server=address)
    here.enrol()

    here.write(root)

    (after,) = files(root)
    assert after != before


def test_a_stick_pulled_while_it_is_read_goes_on_where_it_was(
    central: Central, village: Callable[..., Village], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = village(KUPANG, SULAMU, OKU)
    here.enrol(210)
    here.write(root)
    office(central, root)
    really, count = Path.unlink, itertools.count()

    def pulled(path: Path, *, missing_ok: bool = False) -> None:
        if next(count) >= 2:
            raise OSError(errno.EIO, "pulled")
        really(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", pulled)
        with pytest.raises(StickGone):
            here.read(root)
    taken = here.read(root)

    assert here.pending == 0
    assert taken.result.accepted == 10
    assert files(root) == []


def test_a_full_stick_says_so_and_the_batches_stay_on_the_laptop(
    central: Central, village: Callable[..., Village], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = village()
    here.enrol(120)
    really, count = os.fsync, itertools.count()

    def full(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink().is_relative_to(root) and next(count) >= 2:
            raise OSError(errno.ENOSPC, "full")
        really(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StickFull):
            here.write(root)

    assert len(files(root)) == 1
    assert here.pending == 120
    assert here.write(root).batches == 2
    office(central, root)
    assert here.read(root).result.pending == 0


def test_a_protected_stick_is_read_all_the_same(
    central: Central, village: Callable[..., Village], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = village()
    here.enrol()
    here.write(root)
    office(central, root)

    def protected(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.EROFS, "read only")

    with monkeypatch.context() as patched:
        for step in ("unlink", "replace"):
            patched.setattr(Path, step, protected)
        taken = here.read(root)
        here.enrol()
        with pytest.raises(StickReadOnly):
            here.write(root)

    assert (taken.result.accepted, taken.kept, here.pending) == (1, 1, 1)
    assert len(files(root)) == 2


def test_another_villages_stick_is_named_and_left_alone(village: Callable[..., Village], root: Path) -> None:
    here, there = village(), village(SULAMU)
    there.enrol()
    there.write(root)
    before = files(root)

    taken = here.read(root)

    assert (taken.found, taken.others, files(root)) == (False, (there.tag,), before)
    assert stick.told(taken)[0][0] == "stick.others"


def test_an_answer_meant_for_another_laptop_or_another_batch_settles_nothing(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here, there = village(), village(SULAMU)
    for one, count in ((here, 120), (there, 40)):
        one.enrol(count)
        one.write(root)
    office(central, root)
    own = folder.letters(folder.folder_of(root, here.tag))
    foreign = folder.letters(folder.folder_of(root, there.tag))
    swapped = own[1].answer.read_bytes()
    own[1].answer.write_bytes(own[0].answer.read_bytes())
    own[0].answer.write_bytes(foreign[0].answer.read_bytes())

    taken = here.read(root)
    assert (taken.result.batches, taken.damaged, taken.waiting, here.pending) == (0, 2, 2, 120)

    own[1].answer.write_bytes(swapped)
    assert office(central, root)[here.tag] == {"answered": 1, "refused": 0, "before": 1, "damaged": 0}
    assert here.read(root).result.pending == 0


def test_an_answer_cut_at_any_byte_settles_nothing_and_is_asked_for_again(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    here.enrol(2)
    here.write(root)
    office(central, root)
    (letter,) = folder.letters(folder.folder_of(root, here.tag))
    whole = letter.answer.read_bytes()
    for cut in (0, 1, 14, 15, 70, len(whole) // 2, len(whole) - 1):
        letter.answer.write_bytes(whole[:cut])
        assert here.read(root).damaged == 1
    for place in (5, 20, 100, len(whole) - 1):
        letter.answer.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert here.read(root).result.batches == 0
    assert here.pending == 2

    office(central, root)

    assert here.read(root).result.pending == 0


def test_a_damaged_batch_is_told_at_the_office_and_written_again(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    here.enrol()
    here.write(root)
    (path,) = root.rglob("*.payung")
    path.write_bytes(path.read_bytes()[:-5])

    assert office(central, root, code=1)[here.tag]["damaged"] == 1
    here.write(root)
    assert office(central, root)[here.tag] == {"answered": 1, "refused": 0, "before": 0, "damaged": 0}
    assert here.read(root).result.accepted == 1


def test_a_stick_lost_before_it_arrived_costs_nothing(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    records = here.enrol(5)
    here.write(root)
    shutil.rmtree(root / f"PAYUNG-{here.tag}")
    assert here.pending == 5

    here.write(root)
    office(central, root)
    here.read(root)

    assert {here.exchange(record) for record in records} == {Exchange.SENT}


def test_a_revoked_laptop_is_told_and_keeps_everything(
    central: Central, village: Callable[..., Village], root: Path
) -> None:
    here = village()
    here.enrol()
    here.write(root)
    with central.engine.begin() as connection:
        devices.revoke(connection, here.tag)

    assert office(central, root, code=1)[here.tag]["refused"] == 1
    taken = here.read(root)

    assert isinstance(taken.refusal, DeviceRevoked)
    assert (here.pending, taken.waiting, len(files(root))) == (1, 1, 2)


def test_batches_of_a_copied_laptop_with_the_same_tag_are_left_alone(
    central: Central, village: Callable[..., Village], root: Path, tmp_path: Path
) -> None:
    here = village()
    here.store.close()
    shutil.copytree(here.store.folder, tmp_path / "copy")
    here.store = Store.open(here.store.folder, here.unlocked)
    with Store.open(tmp_path / "copy", here.unlocked) as store:
        copy = Village(store, here.unlocked)
        copy.enrol()
        copy.write(root)
    here.enrol()
    here.write(root)
    try:
        taken = here.read(root)
    finally:
        here.store.close()

    assert (taken.strange, taken.waiting, len(files(root))) == (1, 1, 2)


def test_a_laptop_with_a_line_carries_the_others(central: Central, village: Callable[..., Village], root: Path) -> None:
    here, there, third = village(), village(SULAMU), village(SULAMU)
    for one in (here, there, third):
        one.enrol(3)
        one.write(root)
    with pytest.raises(Offline):
        stick.carry(here.store, root)
    with central.serve() as address:
        rounds = stick.carry(here.store, root, server=address)

    assert {one.tag: one.answered for one in rounds} == {there.tag: 1, third.tag: 1}
    assert (there.read(root).result.accepted, third.read(root).result.accepted) == (3, 3)
    assert here.read(root).waiting == 1
    assert here.pending == 3


def test_the_offices_new_keys_reach_a_laptop_that_sealed_ahead(
    central: Central, village: Callable[..., Village], root: Path, tmp_path: Path
) -> None:
    here = village()
    here.enrol(120)
    here.write(root)
    keys.rotate(central.config.keys, now=datetime.now(UTC))
    office(central, root)
    own = folder.letters(folder.folder_of(root, here.tag))
    later = own[1].answer.read_bytes()
    own[1].answer.unlink()
    old = here.store.laptop.reply_public

    assert here.read(root).result.batches == 1
    assert here.store.laptop.reply_public != old
    own[1].answer.write_bytes(later)
    taken = here.read(root)

    assert (taken.result.batches, taken.damaged, taken.result.pending) == (1, 0, 0)
    here.enrol()
    here.write(root)
    office(central, root)
    assert here.read(root).result.accepted == 1


def test_the_readable_index_names_places_and_numbers_and_no_person(village: Callable[..., Village], root: Path) -> None:
    here = village()
    here.enrol(120)
    here.write(root)

    page = (root / f"PAYUNG-{here.tag}" / "BACA SAYA.txt").read_text("utf-8-sig")

    assert "Kel. Oebobo" in page
    assert here.tag in page
    assert "2 paket" in page
    assert long(enrolments.today(here.store)) in page
    for person in (NAME, OPERATOR):
        assert person not in page
    held = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert NAME.encode() not in held
    assert not [path for path in root.rglob("*") if NAME.split()[0].lower() in path.name.lower()]


def test_the_commands_do_it_without_a_window(central: Central, root: Path, tmp_path: Path) -> None:
    here = set_up(tmp_path / "here", central.kit(KUPANG), kind=Indoors)
    there = set_up(tmp_path / "there", central.kit(KUPANG), kind=Indoors)
    people = (person(KUPANG, 4, "linmas"), person(KUPANG, 5, "linmas"))
    for laptop, one in zip((here, there), people, strict=True):
        record = {"village": one.place, "tps": one.tps, "post": one.post, "nik": one.nik, "name": "ORANG CONTOH"}
        assert laptop.enrol(record | {"birthplace": "Kupang", "birthdate": str(one.birthdate), "sex": "L"})

    nothing = here.run("courier", "read", str(root))
    written = here.run("courier", "write", str(root))
    there.run("courier", "write", str(root))
    offline = here.run("courier", "carry", str(root))
    assert (nothing.code, nothing.document["settled"]) == (0, 0)
    assert (written.code, written.document["batches"], written.document["records"]) == (0, 1, 1)
    assert (offline.code, offline.document["error"]["code"]) == (4, "sync.offline")
    with central.serve() as address:
        carried = here.run("courier", "carry", str(root), "--server", address)
    assert [one["answered"] for one in carried.document["laptops"]] == [1]
    office(central, root)
    read, brought = here.run("courier", "read", str(root)), there.run("courier", "read", str(root))

    for answered in (read, brought):
        assert (answered.code, answered.document["accepted"], answered.document["pending"]) == (0, 1, 0)
    assert here.run("courier", "read", str(root / "gone")).document["error"]["code"] == "stick.gone"
    assert here.run("courier", "write", str(root / "gone")).code == 6
    assert not (root / "gone").exists()
