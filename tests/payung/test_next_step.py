"""Trouble is told with the thing it is about and what to do next, in Indonesian only."""

from __future__ import annotations

import re
from functools import lru_cache

from payung import wording
from tests.payung.test_wording import _used

STEPS = (  # what a clerk, or whoever runs the office's program, can do; Payung doing it by itself counts too
    "ambil", "atur", "baca", "bagi", "bandingkan", "bawa", "beri", "boleh", "buka", "buat", "cabut", "cari", "cetak",
    "coba", "cocokkan", "colok", "daftarkan", "ganti", "hapus", "hubungi", "isi", "jalankan", "jangan", "kembalikan",
    "ketik", "kirim", "kosongkan", "kurangi", "lanjutkan", "lengkapi", "lihat", "masuk", "minta", "mintalah", "pakai",
    "pasang", "pastikan", "perbaiki", "perbarui", "periksa", "pilih", "pindai", "pulihkan", "salin", "sambungkan",
    "selamatkan", "setel", "simpan", "siapkan", "tambah", "tambahkan", "tandai", "tanyakan", "tulis", "tunggu",
    "tutup", "ubah", "ulangi", "dikirim saat", "sendiri", "laporkan", "tentukan", "samakan", "pertahankan", "biarkan",
    "muat", "mencoba",
)  # fmt: skip
STEP = re.compile(rf"\b({'|'.join(STEPS)})\b", re.IGNORECASE)
GAP = re.compile(r"\{\w+\}")
ENDS = (".", ".)", "?", "--help", "{log}", "{names}")  # a command, a path or a list may stand last
ENGLISH = re.compile(
    r"\b(the|and|not|with|file|folder is|please|cannot|failed|missing|wrong|unknown|again|update|click|save|open|"
    r"close|cancel|delete|password|user|login failed|network|offline|online|upload|download)\b",
    re.IGNORECASE,
)
NO_STEP = {  # plain information, nothing is to be done about it
    "asn.notice", "nik.old", "tps.unneeded", "data.unknown", "passphrase.modest",
}  # fmt: skip


@lru_cache(maxsize=1)
def _told() -> dict[str, str]:
    """Every sentence about trouble, with its plain form."""
    sentences = wording.catalogue("id")
    codes = {code for code, _ in _used()}
    return {code: text for code, text in sentences.items() if code.removesuffix(wording.PLAIN) in codes}


def test_there_is_much_to_be_told() -> None:
    assert len(_told()) > 150


def test_every_trouble_is_told_with_a_next_step() -> None:
    bare = {
        code: text
        for code, text in _told().items()
        if code.removesuffix(wording.PLAIN) not in NO_STEP and not STEP.search(text)
    }

    assert bare == {}


def test_every_trouble_is_told_in_whole_sentences() -> None:
    wrong = {code: text for code, text in _told().items() if not text.endswith(ENDS) or not text[0].isupper()}

    assert {code: text for code, text in wrong.items() if not text.startswith(("{", "“"))} == {}


def test_a_trouble_names_its_thing_before_the_step() -> None:
    lone = {code: text for code, text in _told().items() if len(GAP.sub("x", text).split()) < 3}

    assert lone == {}


def test_no_sentence_is_empty_or_padded() -> None:
    sentences = wording.catalogue("id")

    assert [
        code for code, text in sentences.items() if not text or (text.strip() != text and not code.startswith("cli."))
    ] == []


def test_no_english_word_stands_in_an_indonesian_sentence() -> None:
    said = {code: GAP.sub("", text) for code, text in wording.catalogue("id").items()}
    found = {
        code: text for code, text in said.items() if ENGLISH.search(re.sub(r"(payung[\w-]*|--)[\w ./-]*", "", text))
    }

    assert found == {}
