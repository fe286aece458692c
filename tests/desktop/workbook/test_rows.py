from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from desktop.workbook.errors import BadMap, ExcelNik, NoHeader, NoPlace
from payung.roster import Standing
from tests.desktop.workbook.conftest import HEADINGS, OEBOBO, Make, Take, officer


def test_a_tps_written_once_above_its_group_holds_for_the_blank_cells_below(tmp_path: Path, take: Take) -> None:
    path = tmp_path / "daftar.csv"
    lines = [";".join(HEADINGS)]
    for tps in ("001", "TPS 02"):
        lines += [
            ";".join(
                map(str, officer(tps if seat == 1 else "", 9900 + seat + (10 if "2" in tps else 0), f"KPPS {seat}"))
            )
            for seat in range(1, 8)
        ]
    path.write_text("\n".join(lines), encoding="utf-8")

    assert [row.facts.tps for row in take(path).rows] == [1] * 7 + [2] * 7


def test_a_tps_forgotten_in_one_row_is_refused_and_not_guessed(make: Make, take: Take) -> None:
    table = [HEADINGS, officer(1, 9901, "KPPS 1"), officer("", 9902, "KPPS 2"), officer(1, 9903, "KPPS 3")]
    taken = take(make(table))

    assert [(refusal.row, refusal.code) for refusal in taken.refusals] == [(3, "tps.missing")]


def test_a_section_row_gives_the_tps_of_the_officers_below(make: Make, take: Take) -> None:
    headings = ("No", "Nama", "NIK", "L/P", "TTL", "Jabatan")
    table = [
        headings,
        ("TPS 003",),
        (1, *officer("", 9901, "Ketua")[1:]),
        ("TPS 4",),
        (1, *officer("", 9902, "Ketua")[1:]),
    ]

    assert [(row.facts.tps, row.facts.post) for row in take(make(table)).rows] == [(3, "kpps-ketua"), (4, "kpps-ketua")]


def test_members_counted_from_one_sit_from_seat_two(make: Make, take: Take) -> None:
    table = [HEADINGS, officer(1, 9901, "Ketua"), *(officer(1, 9901 + n, f"Anggota {n}") for n in range(1, 7))]

    assert [row.facts.seat for row in take(make(table)).rows] == [1, 2, 3, 4, 5, 6, 7]


def test_a_seat_named_twice_is_refused_the_second_time(make: Make, take: Take) -> None:
    table = [HEADINGS, officer(1, 9901, "Anggota KPPS 3"), officer(1, 9902, "Anggota KPPS 3")]
    taken = take(make(table))

    assert [(refusal.row, refusal.column, refusal.code) for refusal in taken.refusals] == [(3, "F", "seat.taken")]


def test_a_refused_row_leaves_its_seat_to_the_next(make: Make, take: Take) -> None:
    broken = list(officer(1, 9901, "Linmas"))
    broken[1] = ""
    table = [HEADINGS, broken, officer(1, 9902, "Linmas"), officer(1, 9903, "Linmas")]

    assert [(row.row, row.facts.seat) for row in take(make(table)).rows] == [(3, 1), (4, 2)]


def test_a_third_linmas_of_a_tps_is_refused_as_full(make: Make, take: Take) -> None:
    table = [HEADINGS, *(officer(1, 9900 + n, "Petugas Ketertiban") for n in range(1, 4))]

    assert [(refusal.row, refusal.code) for refusal in take(make(table)).refusals] == [(4, "seat.full")]


def test_a_row_without_a_number_does_not_sit_on_a_seat_that_a_later_row_names(make: Make, take: Take) -> None:
    table = [HEADINGS, *(officer(1, 9900 + n, post) for n, post in enumerate(("Linmas", "Linmas 1", "Linmas 2"), 1))]
    taken = take(make(table))

    assert [row.facts.seat for row in taken.rows] == [1, 2]
    assert [(refusal.row, refusal.code) for refusal in taken.refusals] == [(2, "seat.full")]


def test_who_holds_a_seat_already_is_counted(make: Make, take: Take) -> None:
    standing = Standing("r", "5371045412969901", "", "kpps-ketua", OEBOBO, 1, 1, None)
    table = [HEADINGS, officer(1, 9901, "KPPS 2"), officer(1, 9902, "KPPS 1")]
    taken = take(make(table), others=(standing,))

    assert [(refusal.row, refusal.code) for refusal in taken.refusals] == [(2, "nik.taken"), (3, "seat.full")]


def test_the_later_row_with_a_nik_of_an_earlier_one_is_refused_even_when_the_earlier_was(
    make: Make, take: Take
) -> None:
    table = [HEADINGS, officer(1, 9901, "KPPS 1", name=""), officer(2, 9901, "KPPS 1")]

    assert [refusal.code for refusal in take(make(table)).refusals] == ["name.missing", "nik.taken"]


@pytest.mark.parametrize(
    ("typed", "post", "seat"),
    [
        ("Ketua KPPS merangkap anggota", "kpps-ketua", 1),
        ("KPPS 1", "kpps-ketua", 1),
        ("KPPS 7", "kpps-anggota", 7),
        ("Anggota IV", "kpps-anggota", 4),
        ("PAM TPS 2", "linmas", 2),
        ("Satlinmas", "linmas", 1),
        ("Pengawas TPS 001", "ptps", 1),
        ("Ketua PPS", "pps-ketua", 1),
        ("Staf Sekretariat PPS", "sekretariat-pps-staf", 2),
        ("Sekretaris PPK", "sekretariat-ppk-sekretaris", 1),
        ("Anggota PPK", "ppk-anggota", 2),
        ("PKD", "pkd", 1),
        ("Ketua Panwaslu Kecamatan", "panwascam-ketua", 1),
        ("Pantarlih", "pantarlih", 1),
    ],
)
def test_posts_are_read_in_the_words_of_lists(typed: str, post: str, seat: int, make: Make, take: Take) -> None:
    facts = take(make([HEADINGS, officer(1, 9901, typed)])).rows[0].facts

    assert (facts.post, facts.seat) == (post, seat)


def test_a_post_of_the_kecamatan_stands_in_the_kecamatan_without_a_tps(make: Make, take: Take) -> None:
    facts = take(make([HEADINGS, officer("", 9901, "Ketua PPK")])).rows[0].facts

    assert (facts.place, facts.tps) == ("53.71.04", None)


def test_an_unknown_post_is_refused_by_its_own_words(make: Make, take: Take) -> None:
    refusal = take(make([HEADINGS, officer(1, 9901, "Juru masak")])).refusals[0]

    assert (refusal.code, refusal.column, refusal.problem.facts["post"]) == ("workbook.post", "F", "Juru masak")


@pytest.mark.parametrize(
    ("typed", "place", "born"),
    [
        ("Lubuk Pakam, 14 Nopember 1996", "Lubuk Pakam", date(1996, 11, 14)),
        ("Kupang 14-12-1996", "Kupang", date(1996, 12, 14)),
        ("Soe, NTT, 14 Des 1996", "Soe, NTT", date(1996, 12, 14)),
        ("Ende/14.12.1996", "Ende", date(1996, 12, 14)),
        ("Sabu, 14 Pebruari 1996", "Sabu", date(1996, 2, 14)),
    ],
)
def test_place_and_date_of_birth_are_cut_apart(typed: str, place: str, born: date, make: Make, take: Take) -> None:
    row = [*officer(1, 9901, "KPPS 1")]
    row[4] = typed
    facts = take(make([HEADINGS, row])).rows[0].facts

    assert (facts.birthplace, facts.birthdate) == (place, born)


def test_an_unreadable_birth_date_is_refused_once_at_its_column(make: Make, take: Take) -> None:
    row = [*officer(1, 9901, "KPPS 1")]
    row[4] = "Kupang, 31 Februari 1996"

    assert [(refusal.column, refusal.code) for refusal in take(make([HEADINGS, row])).refusals] == [
        ("E", "birthdate.unreadable")
    ]


def test_dates_and_phones_stored_as_numbers_are_read(make: Make, take: Take) -> None:
    headings = ("TPS", "Nama", "NIK", "JK", "Tempat Lahir", "Tanggal Lahir", "Jabatan", "No HP")
    row = (1, "MARTHA TEFA", "5371045412969901", "Pr", "Kupang", 35413, "KPPS 1", 81234567890)
    facts = take(make([headings, row])).rows[0].facts

    assert (facts.birthdate, facts.phone) == (date(1996, 12, 14), "+6281234567890")


def test_villages_are_found_by_name_and_foreign_ones_refused(make: Make, take: Take) -> None:
    headings = (*HEADINGS, "Kel/Desa")
    table = [
        headings,
        (*officer(1, 9901, "KPPS 1"), "Kelurahan OEBOBO"),
        (*officer(1, 9902, "KPPS 1"), "Fatululi"),
        (*officer(1, 9903, "KPPS 1"), "Naikoten"),
    ]
    taken = take(make(table), villages=("53.71.04",))

    assert [row.facts.place for row in taken.rows] == ["53.71.04.1001", "53.71.04.1011"]
    assert [(refusal.row, refusal.column, refusal.code) for refusal in taken.refusals] == [(4, "G", "place.foreign")]


def test_a_list_that_names_no_village_asks_which_when_the_laptop_serves_several(make: Make, take: Take) -> None:
    path = make([HEADINGS, officer(1, 9901, "KPPS 1")])
    with pytest.raises(NoPlace):
        take(path, villages=("53.71.04",))

    assert take(path, villages=("53.71.04",), place="53.71.04.1009").rows[0].facts.place == "53.71.04.1009"


def test_the_village_of_the_title_is_taken_when_several_are_served(make: Make, take: Take) -> None:
    table = [("DAFTAR KPPS KELURAHAN OEBUFU KECAMATAN OEBOBO",), HEADINGS, officer(1, 9901, "KPPS 1")]

    assert take(make(table), villages=("53.71.04",)).rows[0].facts.place == "53.71.04.1009"


def test_polling_stations_outside_the_list_are_refused(make: Make, take: Take) -> None:
    table = [HEADINGS, officer(1, 9901, "KPPS 1"), officer(44, 9902, "KPPS 1")]
    taken = take(make(table), tps_of=lambda village: {1, 2} if village == OEBOBO else None)

    assert [(refusal.row, refusal.code) for refusal in taken.refusals] == [(3, "tps.unknown")]


def test_sums_footers_repeated_headings_and_column_numbers_are_no_officers(make: Make, take: Take) -> None:
    table = [
        HEADINGS,
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        officer(1, 9901, "KPPS 1"),
        HEADINGS,
        officer(1, 9902, "KPPS 2"),
        ("Jumlah", 2),
        (),
        ("", "", "", "", "Ditetapkan di Kupang", "pada tanggal 20 Januari 2029"),
        ("", "", "", "", "", "KETUA PPS KELURAHAN OEBOBO"),
        ("", "", "", "", "", "NAOMI LADO"),
    ]
    taken = take(make(table))

    assert (taken.total, [row.row for row in taken.rows], taken.refusals) == (2, [3, 5], ())


def test_what_rt_and_rw_columns_say_beside_numbers_goes_to_the_address(make: Make, take: Take) -> None:
    table = [(*HEADINGS, "RT", "RW"), (*officer(1, 9901, "KPPS 1"), "005", "Dusun II")]
    facts = take(make(table)).rows[0].facts

    assert (facts.rt, facts.rw, facts.address) == (5, None, "Dusun II")


def test_one_nik_typed_as_a_number_stops_the_whole_list(make: Make, take: Take) -> None:
    row = [*officer(1, 9902, "KPPS 2")]
    row[2] = 5371045412969900
    with pytest.raises(ExcelNik):
        take(make([HEADINGS, officer(1, 9901, "KPPS 1"), row]))


def test_a_nik_in_scientific_notation_stops_the_whole_list(tmp_path: Path, take: Take) -> None:
    path = tmp_path / "d.csv"
    path.write_text(";".join(HEADINGS) + "\n1;MARTHA;5,37104E+15;P;Kupang, 14-12-1996;KPPS 1\n", encoding="utf-8")
    with pytest.raises(ExcelNik):
        take(path)


@pytest.mark.parametrize(("zeros", "stopped"), [(3, False), (4, True)])
def test_more_than_three_in_ten_niks_that_end_in_zero_stop_the_list(
    zeros: int, stopped: bool, make: Make, take: Take
) -> None:
    table = [HEADINGS]
    for number in range(10):
        row = [*officer(number + 1, 9901 + number * 10, "KPPS 1")]
        row[2] = f"{row[2]}"[:-1] + ("0" if number < zeros else "7")
        table.append(tuple(row))  # type: ignore[arg-type]
    if stopped:
        with pytest.raises(ExcelNik):
            take(make(table))
    else:
        assert len(take(make(table)).rows) == 10


def test_a_remembered_mapping_goes_before_the_synonyms(make: Make, take: Take) -> None:
    headings = ("TPS", "Siapa", "Angka KTP", "L/P", "TTL", "Jabatan", "Nama")
    table = [headings, (*officer(1, 9901, "KPPS 1"), "catatan")]
    mapping = {"Siapa": "name", "C": "nik", "G": ""}

    assert take(make(table), remembered=mapping).rows[0].facts.name == "MARTHA TEFA"


def test_letters_alone_read_a_list_without_headings(make: Make, take: Take) -> None:
    letters = dict(zip("ABCDEF", ("tps", "name", "nik", "sex", "birth", "post"), strict=True))
    taken = take(make([officer(1, 9901, "KPPS 1"), officer(1, 9902, "KPPS 2")]), remembered=letters)

    assert [row.row for row in taken.rows] == [1, 2]


def test_a_mapping_to_a_column_that_is_not_there_says_which(make: Make, take: Take) -> None:
    with pytest.raises(BadMap) as caught:
        take(make([HEADINGS, officer(1, 9901, "KPPS 1")]), remembered={"Nomor kartu": "nik"})

    assert caught.value.facts["entry"] == "Nomor kartu"


def test_a_sheet_without_headings_says_so(make: Make, take: Take) -> None:
    with pytest.raises(NoHeader):
        take(make([("a", "b"), ("c", "d")]))


def test_progress_ends_with_every_row_told(make: Make, take: Take) -> None:
    told: list[tuple[int, int]] = []
    table = [HEADINGS, *(officer(tps, 9900 + tps, "KPPS 1") for tps in range(1, 31))]
    take(make(table), progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 30), (30, 30)]


def test_the_same_rows_on_two_sheets_are_judged_as_one_list(make: Make, take: Take, tmp_path: Path) -> None:
    path = tmp_path / "dua.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("TPS 1", "TPS 2"):
            page = workbook.add_worksheet(name)
            for number, row in enumerate([HEADINGS[1:], officer("", 9901, "Ketua")[1:]]):
                page.write_row(number, 0, row)
    taken = take(path)

    assert [(row.sheet, row.facts.tps) for row in taken.rows] == [("TPS 1", 1)]
    assert [(refusal.sheet, refusal.row, refusal.code) for refusal in taken.refusals] == [("TPS 2", 2, "nik.taken")]
