from __future__ import annotations

import pytest

import resources


def test_a_resource_is_found_by_its_parts() -> None:
    assert resources.path("regions", "manifest.json").is_file()
    assert resources.path("icons").is_dir()
    assert resources.read("regions", "manifest.json").startswith(b"{")


def test_a_resource_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"events/pemilu-1955\.json"):
        resources.read("events", "pemilu-1955.json")


@pytest.mark.parametrize("parts", [("..", "pyproject.toml"), ("events", "..", "..", "README.md"), ("/etc/passwd",)])
def test_no_path_leads_out_of_the_resources(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="below resources"):
        resources.path(*parts)
