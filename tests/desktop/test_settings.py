"""What a laptop remembers of its people's choices."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from desktop import settings
from desktop.settings import Settings, Theme


def test_a_fresh_laptop_has_the_defaults_and_writes_nothing(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    chosen = Settings(text_size=150, theme=Theme.DARK, language="en", printer="Ruang PPS", sync_minutes=15)

    settings.save(tmp_path / "laptop", chosen)

    assert settings.load(tmp_path / "laptop") == chosen


def test_saving_leaves_only_the_whole_file(tmp_path: Path) -> None:
    settings.save(tmp_path, Settings())
    settings.save(tmp_path, Settings(text_size=125))

    assert [path.name for path in tmp_path.iterdir()] == [settings.FILE]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"text_size": "150"}', b'{"text_size": 117}', b'{"theme": "pink"}',
     b'{"sync_minutes": 0}', b'{"language": "xx"}', b'{"text_size": true}', b"null"],
)  # fmt: skip
def test_a_damaged_file_is_kept_aside_and_the_defaults_hold(tmp_path: Path, content: bytes) -> None:
    (tmp_path / settings.FILE).write_bytes(content)

    assert settings.load(tmp_path) == Settings()
    assert (tmp_path / "settings.json.damaged").read_bytes() == content
    assert not (tmp_path / settings.FILE).exists()


def test_a_name_of_a_newer_version_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('{"text_size": 125, "telepathy": true}', encoding="utf-8")

    assert settings.load(tmp_path).text_size == 125


def test_settings_hold_no_more_than_they_say() -> None:
    assert {field.name for field in dataclasses.fields(Settings)} == {
        "language", "last_operator", "lock_minutes", "printer", "server", "sync_minutes", "backup_folder",
        "checked_on", "stick_folder", "print_layout", "print_paper", "text_size", "theme", "nik_twice",
        "queue_letter", "queue_open",
    }  # fmt: skip


def test_a_change_keeps_what_was_chosen_meanwhile(tmp_path: Path) -> None:
    settings.save(tmp_path, Settings(printer="Epson"))

    changed = settings.change(tmp_path, lock_minutes=3)

    assert changed == settings.load(tmp_path) == Settings(printer="Epson", lock_minutes=3)
