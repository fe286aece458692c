"""Batches as files: either whole or not there, nobody else's file touched, and every trouble under its own name."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync import carrying, folder
from sync.carrying import Round
from sync.envelope import REPLY_CAP, SEALED_CAP, MessageKind, sign_and_seal
from sync.errors import Offline, StickFull, StickGone, StickReadOnly, StickTrouble, Unreadable
from sync.folder import Letter


def message(kind: MessageKind = MessageKind.BATCH, body: bytes = b"isi") -> bytes:
    return sign_and_seal(
        body,
        kind=kind,
        signer=Ed25519PrivateKey.generate(),
        signer_id=bytes(16),
        to=X25519PrivateKey.generate().public_key(),
    )


def laid(root: Path, sequence: int = 1, tag: str = "7K3M") -> Letter:
    """A batch on the stick."""
    data = message()
    letter = Letter.of(folder.folder_of(root, tag), sequence, hashlib.sha256(data).digest())
    folder.lay(letter.batch, data)
    return letter


def test_a_batch_is_read_back_as_it_was_laid(tmp_path: Path) -> None:
    letter = laid(tmp_path)

    assert letter.batch.parent.name == "PAYUNG-7K3M"
    assert folder.letters(letter.folder) == (letter,)
    assert folder.read_batch(letter) == letter.batch.read_bytes()
    assert folder.read_answer(letter) is None
    assert not list(tmp_path.rglob("*.baru"))


def test_only_files_named_as_ours_are_looked_at(tmp_path: Path) -> None:
    letter = laid(tmp_path)
    own = letter.folder
    (own / "foto.jpg").write_bytes(b"x")
    (own / "1-abc.payung").write_bytes(b"x")
    (own / f"{letter.batch.name}.baru").write_bytes(b"x")
    (own / "0002-0123456789abcdef.payung").mkdir()
    (tmp_path / "Dokumen").mkdir()
    (tmp_path / "PAYUNG-terlalu panjang").mkdir()
    (tmp_path / "PAYUNG-AAAA").write_bytes(b"no folder")

    assert folder.folders(tmp_path) == (("7K3M", own),)
    assert folder.letters(own) == (letter,)


def test_links_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia"
    secret.mkdir()
    letter = laid(secret)
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "PAYUNG-7K3M").symlink_to(letter.folder, target_is_directory=True)
    own = stick / "PAYUNG-AAAA"
    own.mkdir()
    linked = Letter(letter.sequence, letter.mark, own)
    linked.batch.symlink_to(letter.batch)

    assert folder.folders(stick) == (("AAAA", own),)
    assert folder.letters(own) == ()
    with pytest.raises(Unreadable):
        folder.read_batch(linked)
    with pytest.raises(StickTrouble):
        folder.letters(stick / "PAYUNG-7K3M")
    with pytest.raises(StickTrouble):
        folder.lay(stick / "PAYUNG-7K3M" / "x", b"x")


def test_a_pipe_with_our_name_holds_nobody_up(tmp_path: Path) -> None:
    letter = Letter(1, "0" * 16, tmp_path)
    os.mkfifo(letter.batch)

    with pytest.raises(Unreadable):
        folder.read_batch(letter)


def test_a_file_whose_bytes_are_not_those_of_its_name_is_no_batch(tmp_path: Path) -> None:
    letter = laid(tmp_path)
    whole = letter.batch.read_bytes()
    for wrong in (whole[:-1], whole[:10], b"", bytes(len(whole)), whole + b"x", bytes(SEALED_CAP + 1)):
        letter.batch.write_bytes(wrong)
        with pytest.raises(Unreadable):
            folder.read_batch(letter)


def test_an_answer_too_large_or_of_another_kind_is_none(tmp_path: Path) -> None:
    letter = laid(tmp_path)
    for wrong in (bytes(REPLY_CAP + 1), message(MessageKind.BATCH), b"", b"PYNG"):
        letter.answer.write_bytes(wrong)
        assert not folder.answered(letter)
        with pytest.raises(Unreadable):
            folder.read_answer(letter)


def test_the_same_bytes_are_not_written_twice(tmp_path: Path) -> None:
    letter = laid(tmp_path)
    before = letter.batch.stat().st_mtime_ns

    folder.lay(letter.batch, letter.batch.read_bytes())

    assert letter.batch.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (errno.ENOSPC, StickFull),
        (errno.EROFS, StickReadOnly),
        (errno.EACCES, StickReadOnly),
        (errno.EIO, StickGone),
        (errno.ENODEV, StickGone),
        (errno.EINVAL, StickTrouble),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_stick_that_fails_while_writing_leaves_the_old_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, trouble: type[Exception], step: str
) -> None:
    letter = laid(tmp_path)
    whole = letter.batch.read_bytes()

    def fails(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os if step == "fsync" else Path, step, fails)
    with pytest.raises(trouble):
        folder.lay(letter.answer, message(MessageKind.REPLY))
    with pytest.raises(trouble):
        folder.lay(letter.batch, message())
    monkeypatch.undo()

    assert letter.batch.read_bytes() == whole
    assert sorted(path.name for path in letter.folder.iterdir()) == [letter.batch.name]


def test_a_stick_that_gives_back_other_bytes_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.fsync

    def spoils(descriptor: int) -> None:
        os.pwrite(descriptor, b"?", 3)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", spoils)
    with pytest.raises(StickTrouble):
        laid(tmp_path)
    monkeypatch.undo()

    assert folder.letters(tmp_path / "PAYUNG-7K3M") == ()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StickGone):
        folder.require(tmp_path / "sticks" / "gone")
    with pytest.raises(StickGone):
        folder.folders(tmp_path / "gone")
    assert folder.letters(tmp_path / "gone") == ()


def test_carrying_answers_what_has_no_answer_and_only_that(tmp_path: Path) -> None:
    first, second, refused, other = laid(tmp_path, 1), laid(tmp_path, 2), laid(tmp_path, 3), laid(tmp_path, 1, "9ABC")
    own = laid(tmp_path, 1, "0000")
    folder.lay(first.answer, message(MessageKind.REPLY))
    second.batch.write_bytes(b"spoilt")
    refused.answer.write_bytes(b"PYNG\x01\x00\x03" + bytes(8 + 64 + 10))
    sent = []

    def office(sealed: bytes) -> bytes:
        sent.append(sealed)
        return message(MessageKind.REPLY)

    rounds = carrying.carry(tmp_path, office, skip={"0000"})

    assert rounds == (Round(tag="7K3M", answered=1, before=1, damaged=1), Round(tag="9ABC", answered=1))
    assert sent == [refused.batch.read_bytes(), other.batch.read_bytes()]
    assert not own.answer.exists()
    assert carrying.carry(tmp_path, office, skip={"0000"})[0] == Round(tag="7K3M", before=2, damaged=1)


def test_what_was_answered_before_the_line_broke_stays_answered(tmp_path: Path) -> None:
    letters = [laid(tmp_path, number) for number in (1, 2, 3)]

    def office(sealed: bytes) -> bytes:
        if sealed == letters[1].batch.read_bytes():
            raise Offline(reason="broken")
        return message(MessageKind.REPLY)

    with pytest.raises(Offline):
        carrying.carry(tmp_path, office)

    assert [folder.answered(letter) for letter in letters] == [True, False, False]


def test_what_an_answer_is_not_never_reaches_the_stick(tmp_path: Path) -> None:
    letter = laid(tmp_path)

    with pytest.raises(Unreadable):
        carrying.carry(tmp_path, lambda _sealed: message(MessageKind.BATCH))

    assert not letter.answer.exists()
