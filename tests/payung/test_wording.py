import ast
import re
from pathlib import Path

import pytest

from payung import wording
from payung.errors import DataError
from payung.problem import Problem, Severity

ROOT = Path(__file__).parents[2]
ROOMS = ("payung", "sync", "desktop")
FORBIDDEN = {
    "id": re.compile(r"\b((in)?valid|error|gagal|mohon|user|kamu|silakan)\b", re.IGNORECASE),
    "en": re.compile(r"\b((in)?valid|please|oops|sorry)\b", re.IGNORECASE),
}
CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
FIELD_WORDS = 15  # beside a field of the form
GAP = re.compile(r"\{\w+\}")
MOST_WORDS = 24  # where a whole file or the whole laptop is spoken of
LONGER = ("help.", "story.", "cli.")  # told by the terminal only, where there is room


def _sources() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def _texts(node: ast.expr | None) -> list[str]:
    """Every literal a code may be: a plain text, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return []


def _codes_of_calls(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"Problem": 1, "_problem": 0}.get(node.func.id)
            given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if place is not None:
                found.update(text for value in [*node.args[place : place + 1], *given] for text in _texts(value))
    return {code for code in found if CODE.fullmatch(code)}


def _codes_of_errors(tree: ast.AST) -> set[str]:
    """The `code = "..."` of every class that is an exception."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name in ERROR_NAMES]
    lines = [line for node in classes for line in node.body]
    plain = [(line.targets[0], line.value) for line in lines if isinstance(line, ast.Assign)]
    typed = [(line.target, line.value) for line in lines if isinstance(line, ast.AnnAssign)]
    named = [value for target, value in [*plain, *typed] if isinstance(target, ast.Name) and target.id == "code"]
    return {text for value in named for text in _texts(value)}


def _error_names() -> set[str]:
    """Every class whose bases lead to an exception, by name, over the whole tree."""
    bases: dict[str, set[str]] = {}
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {
                    base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases
                }
    names = {"Exception", "PayungError"}
    while more := {name for name, parents in bases.items() if parents & names} - names:
        names |= more
    return names


ERROR_NAMES = _error_names()


def _codes(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return _codes_of_calls(tree) | _codes_of_errors(tree)


def _used() -> list[tuple[str, str]]:
    return sorted({(code, path.relative_to(ROOT).as_posix()) for path in _sources() for code in _codes(path)})


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_code_of_the_house_has_its_sentence(lang: str) -> None:
    sentences = wording.catalogue(lang)

    assert [f"{code} ({path})" for code, path in _used() if code not in sentences] == []


def test_the_codes_of_the_house_are_found_at_all() -> None:
    codes = {code for code, _ in _used()}

    assert {"nik.length", "nik.old_ktp", "nik.province", "seat.full", "data", "payung"} <= codes


@pytest.mark.parametrize("field", ["mother", "married", "blood", "address", "postcode"])
def test_every_thing_bpjs_wants_has_its_sentence(field: str) -> None:
    assert f"bpjs.{field}" in wording.catalogue("id")


def test_both_languages_have_the_same_sentences_with_the_same_gaps() -> None:
    indonesian, english = wording.catalogue("id"), wording.catalogue("en")

    assert sorted(indonesian) == sorted(english)
    assert [code for code in indonesian if wording.gaps(indonesian[code]) != wording.gaps(english[code])] == []


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_no_sentence_uses_a_forbidden_word(lang: str) -> None:
    said = {code: GAP.sub("", text) for code, text in wording.catalogue(lang).items()}

    assert {code: text for code, text in said.items() if FORBIDDEN[lang].search(text)} == {}


def test_indonesian_sentences_are_short() -> None:
    sentences = wording.catalogue("id")

    of_fields = {code for path in _sources() for code in _codes_of_calls(ast.parse(path.read_text("utf-8")))}
    words = {code: len(text.split()) for code, text in sentences.items() if not code.startswith(LONGER)}

    assert {code for code, count in words.items() if count > MOST_WORDS} == set()
    assert {code for code in of_fields & words.keys() if words[code] > FIELD_WORDS} == set()


def test_a_plain_variant_needs_fewer_facts_than_its_sentence() -> None:
    sentences = wording.catalogue("id")

    for code in sentences:
        if code.endswith(wording.PLAIN):
            full = code.removesuffix(wording.PLAIN)
            assert wording.gaps(sentences[code]) < wording.gaps(sentences[full]), code


def test_a_problem_is_told_with_its_facts() -> None:
    problem = Problem("nik", "nik.length", Severity.ERROR, {"count": "15"})

    assert wording.of(problem) == "NIK harus 16 angka, sekarang 15. Periksa lagi di KTP."
    assert wording.of(problem, "en").startswith("A NIK has 16 digits, this one has 15.")


def test_known_trouble_is_told_with_its_place() -> None:
    assert "posts[3].term" in wording.of(DataError(path="posts[3].term", what="missing"))


def test_missing_facts_take_the_plain_sentence_and_never_fail() -> None:
    assert wording.sentence("nik.characters", {"found": "x"}) == "NIK hanya berisi angka. Ketik ulang “x” sesuai KTP."
    assert "{" not in wording.sentence("nik.length")


def test_a_code_of_a_newer_office_is_told_by_its_name() -> None:
    assert "besok.baru" in wording.sentence("besok.baru", {"count": "1"})


def test_facts_are_never_read_as_gaps() -> None:
    assert "{count}" in wording.sentence("name.characters", {"found": "{count}"})
