"""A doubt as a question with two answers, each one key: take what the NIK says, or keep what the KTP says."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.ui import typed
from desktop.ui.messages import Messages
from payung.problem import Problem


@dataclass(frozen=True, slots=True)
class Question:
    """`take` is the field and value the first answer writes; without it the first answer settles the doubt."""

    code: str
    field: str
    title: str
    text: str
    answers: tuple[str, str]
    take: tuple[str, str] | None = None


def ask(problem: Problem, messages: Messages) -> Question:
    """The question for a warning."""
    field = typed.form_field(problem)
    keep = QCoreApplication.translate("Question", "Follow the KTP")
    said = problem.facts.get("nik", "")
    if problem.code == "nik.birthdate":
        title = QCoreApplication.translate("Question", "Date of birth differs from the NIK")
        text = QCoreApplication.translate("Question", "NIK: {said}. Compare with the KTP.").format(said=said)
        use = QCoreApplication.translate("Question", "Use {said}").format(said=said)
        return Question(problem.code, "birthdate", title, text, (use, keep), ("birthdate", said))
    if problem.code == "nik.sex":
        title = QCoreApplication.translate("Question", "Sex differs from the NIK")
        male = QCoreApplication.translate("Question", "Male")
        female = QCoreApplication.translate("Question", "Female")
        word = male if said == "L" else female
        text = QCoreApplication.translate("Question", "NIK: {said}. Compare with the KTP.").format(said=word)
        use = QCoreApplication.translate("Question", "Use {said}").format(said=word)
        return Question(problem.code, "sex", title, text, (use, keep), ("sex", said))
    title = QCoreApplication.translate("Question", "Please check")
    settled = QCoreApplication.translate("Question", "Compared, it is right")
    mend = QCoreApplication.translate("Question", "Change it")
    return Question(problem.code, field, title, messages.of(problem), (settled, mend))
