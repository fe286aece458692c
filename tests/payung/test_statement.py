from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from payung import certificate, event
from payung.certificate import Print, Statement
from payung.cover import CoverState, OnRecord
from payung.enrolment import Facts
from tests.payung.people import FACTS, PRACTICE, REGIONS

WITA = timezone(timedelta(hours=8))
NUMBER = certificate.number("7K3M", 1)
PRINT = Print(
    number=NUMBER,
    copy=1,
    at=datetime(2029, 1, 21, 13, 5, tzinfo=WITA),
    device="7K3M",
    office="Kota Kupang",
    office_contact="0380-000000",
    record=OnRecord(CoverState.TERKIRIM),
    wage_base=1_100_000,
)


def _statement(facts: Facts = FACTS, printing: Print = PRINT) -> Statement:
    return certificate.statement(facts, event=PRACTICE, regions=REGIONS, printing=printing)


def test_the_certificate_says_who_serves_where_and_when() -> None:
    said = _statement()

    assert {line.key: line.value for line in said.lines} == {
        "name": "Yohanes Ndolu",
        "nik": "•••• 9901",
        "post": "Anggota KPPS 3",
        "body": said.value("body"),
        "tps": "TPS 004",
        "village": "Oebobo",
        "kecamatan": "Oebobo",
        "kabupaten": "Kota Kupang",
        "institution": "KPU Kota Kupang",
        "decree": FACTS.decree_number,
        "decree_date": "20 Januari 2029",
        "term": "25 Januari 2029 sampai 25 Februari 2029",
        "programmes": "JKK dan JKM",
        "wage_base": "Rp1.100.000",
        "kpj": "belum terbit",
        "printed": "21 Januari 2029 pukul 13.05 WITA",
        "copy": "1",
        "device": "7K3M",
    }


def test_the_certificate_says_what_it_must() -> None:
    said = _statement().text()

    assert "TANDA BUKTI PENGUSULAN KEPESERTAAN (SEMENTARA)" in said
    assert "Bukan Kartu Peserta/Sertifikat Kepesertaan" in said
    assert "iuran pertama dibayar lunas kepada BPJS Ketenagakerjaan" in said
    assert "2x24 jam" in said
    assert "175" in said
    assert NUMBER in said


@pytest.mark.parametrize("state", CoverState)
def test_the_certificate_never_says_what_it_must_not(state: CoverState) -> None:
    record = OnRecord(state, kpj="", paid=False)
    said = _statement(replace(FACTS, has_kpj=True, kpj="98765432101"), replace(PRINT, record=record)).text()

    assert FACTS.nik not in said.replace(" ", "")
    for secret in (FACTS.mother, "812", "3456", FACTS.address, "98765432101", FACTS.nik[:12], "1996"):
        assert secret not in said
    for promise in ("Rp42", "42 juta", "48 x", "48x", "tanpa batas", "bersertifikat", "894"):
        assert promise not in said
    assert _statement(printing=replace(PRINT, record=record)).status not in {"TERDAFTAR", "AKTIF"}


def test_only_number_and_payment_make_it_say_registered() -> None:
    with_number = replace(PRINT, record=OnRecord(CoverState.TERDAFTAR, kpj="12345678901"))
    paid = replace(PRINT, record=OnRecord(CoverState.AKTIF, kpj="12345678901", paid=True))

    assert _statement(printing=with_number).status == "DIUSULKAN"
    assert _statement(printing=paid).status == "TERDAFTAR"
    assert _statement(printing=paid).value("kpj") == "12345678901"


def test_what_is_not_known_is_said_to_be_open() -> None:
    said = _statement(
        replace(FACTS, decree_number="", decree_date=None), replace(PRINT, wage_base=None, special_tps=True)
    )

    assert (said.value("decree"), said.value("wage_base")) == ("belum diisi", "belum ditetapkan")
    assert said.value("tps") == "TPS lokasi khusus 004"


def test_a_kecamatan_post_names_no_village_and_no_polling_station() -> None:
    said = _statement(replace(FACTS, post="panwascam-ketua", place="53.71.04", tps=None, seat=1))

    assert (said.value("village"), said.value("tps"), said.value("kecamatan")) == ("", "", "Oebobo")
    assert said.value("institution") == "Bawaslu Kota Kupang"
    assert said.value("post") == "Ketua Panwaslu Kecamatan"


def test_practice_is_marked_and_history_is_not() -> None:
    history = event.load("pilkada-2024")

    assert "LATIHAN" in _statement().practice
    assert certificate.statement(FACTS, event=history, regions=REGIONS, printing=PRINT).practice == ""


def test_an_unknown_post_cannot_be_certified() -> None:
    with pytest.raises(ValueError, match="no such post"):
        _statement(replace(FACTS, post="presiden", birthdate=date(1996, 8, 14)))
