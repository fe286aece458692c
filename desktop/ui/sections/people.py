"""Who may open this laptop: the list, adding, removing, and changing one's own passphrase."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QLineEdit, QListView

from desktop.store import operators, vault
from desktop.store.database import Store
from desktop.store.vault import Operator, Role
from desktop.tasks import Lane, Tasks
from desktop.ui.need import Alone
from desktop.ui.sections.section import Section
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.passphrase_pair import PassphrasePair
from payung.bodies import Institution
from payung.problem import Severity

ROWS = 4  # of the list that are always seen


class People(Section):
    """Adding and removing are the ketua's; the passphrase is one's own."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__(theme, tasks, session, self.tr("People and passphrases"))
        self._people: tuple[Operator, ...] = ()
        self._leads = session.unlocked.role is Role.KETUA
        self.list = QListView()
        self._names = QStringListModel(self)
        self.remove_button = self._button(self.tr("Remove this person…"), "ghost", "trash-2")
        self.confirm = Notice(theme, "warn")
        self.name = QLineEdit()
        self._name_field = Field(theme, self.tr("Name"), self.name)
        self.role = Choice(theme, self.tr("Role"), self._roles())
        self.pair = PassphrasePair(theme, self._messages, self.tr("Passphrase of the new person"))
        self.add_button = self._button(self.tr("Add this person"), "primary", "user-plus")
        self.old = QLineEdit()
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self._old_field = Field(theme, self.tr("Your passphrase now"), self.old)
        self.own_pair = PassphrasePair(theme, self._messages, self.tr("Your new passphrase"))
        self.change_button = self._button(self.tr("Change my passphrase"), "primary", "key-round")
        self._build()
        self._connect()

    def _roles(self) -> tuple[tuple[str, str, str], ...]:
        roles = [Role.OPERATOR, Role.KETUA]
        if self._session.store.laptop.institution == Institution.BAWASLU:
            roles.append(Role.PENGAWAS)
        return tuple((role.value, self._role_word(role).capitalize(), "") for role in roles)

    def _role_word(self, role: Role) -> str:
        return self._messages.sentence(f"operators.role.{role}")

    def _build(self) -> None:
        self.role.choose(Role.OPERATOR.value)
        self.list.setModel(self._names)
        self.list.setProperty("role", "rows")
        self.list.setAccessibleName(self.tr("People who may open this laptop"))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFont(self._theme.font(10))
        self.list.setFixedHeight(self._theme.px(28 * ROWS))
        lead = holder(
            column(
                row(self.remove_button, None),
                self.confirm,
                self._title(self.tr("Add somebody")),
                self._name_field,
                self.role,
                self.pair,
                row(self.add_button, None),
                gap=10,
            )
        )
        lead.setVisible(self._leads)
        self._fill(
            self._text(self.tr("Everybody opens Payung with a passphrase of their own. Do not share yours.")),
            self.list,
            lead,
            *(() if self._leads else (self._text(self.tr("Only the ketua adds or removes people.")),)),
            self._title(self.tr("Change my passphrase")),
            self._old_field,
            self.own_pair,
            row(self.change_button, None),
        )

    def _connect(self) -> None:
        self.remove_button.clicked.connect(self._ask)
        self.confirm.answered.connect(self._remove)
        self.name.returnPressed.connect(self.pair.fresh.setFocus)
        self.pair.finished.connect(self._add)
        self.add_button.clicked.connect(self._add)
        self.old.returnPressed.connect(self.own_pair.fresh.setFocus)
        self.own_pair.finished.connect(self._change)
        self.change_button.clicked.connect(self._change)

    def shown(self) -> None:
        """Read who there is."""
        self._tasks.run(Lane.STORE, partial(vault.operators, self._session.folder), done=self._listed, failed=self.told)

    def forget(self) -> None:
        """What was typed of passphrases goes."""
        self.old.clear()
        self.pair.forget()
        self.own_pair.forget()

    def _listed(self, people: tuple[Operator, ...]) -> None:
        self._people = people
        own = self._session.unlocked.operator_id
        you = self.tr("you")
        rows = [
            f"{one.name}  ·  {self._role_word(one.role)}" + (f" ({you})" if one.id == own else "") for one in people
        ]
        self._names.setStringList(rows)
        self.list.setCurrentIndex(self._names.index(0))
        self.remove_button.setEnabled(len(people) > 1)

    @property
    def chosen(self) -> Operator | None:
        """The person of the marked row."""
        place = self.list.currentIndex().row()
        return self._people[place] if 0 <= place < len(self._people) else None

    def _ask(self) -> None:
        person = self.chosen
        if person is None:
            return
        if person.id == self._session.unlocked.operator_id:
            self.say(self._messages.sentence("operators.self"), "warn")
            return
        text = self.tr(
            "{name} can open nothing here any more. What they typed stays. The laptop gets a new key: Payung locks, "
            "and everybody else opens it with the passphrase they have. Old backups still open with the old one."
        )
        title = self.tr("Remove {name}?").format(name=person.name)
        self.confirm.say(title, text.format(name=person.name), (self.tr("Remove"), self.tr("Do not remove")))
        self.confirm.answers[1].setFocus()

    def _remove(self, answer: int) -> None:
        self.confirm.hide()
        person = self.chosen
        if answer or person is None:
            self.list.setFocus()
            return
        said = self.tr("{name} can no longer open this laptop. Open it with your passphrase.").format(name=person.name)
        self.needed.emit(Alone(partial(_without, person.name), said))

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self._name_field.tell(Severity.ERROR, self._messages.sentence("operators.name"))
            self.name.setFocus()
            return
        self._name_field.tell(None)
        passphrase = self.pair.agreed((name,))
        if passphrase:
            role = Role(self.role.value or Role.OPERATOR.value)
            work = partial(operators.add, self._session.store, name=name, role=role, passphrase=passphrase)
            self._run(work, self._added)

    def _added(self, person: Operator) -> None:
        self._free()
        self.name.clear()
        self.pair.forget()
        self.shown()
        self.say(self.tr("{name} can open this laptop now.").format(name=person.name))

    def _change(self) -> None:
        if not self.old.text():
            self._old_field.tell(Severity.ERROR, self.tr("Type the passphrase you have now."))
            self.old.setFocus()
            return
        self._old_field.tell(None)
        fresh = self.own_pair.agreed((self._session.unlocked.operator,))
        if fresh:
            work = partial(operators.change_passphrase, self._session.store, old=self.old.text(), new=fresh)
            self._run(work, self._changed)

    def _changed(self, _nothing: object) -> None:
        self._free()
        self.forget()
        self.say(self.tr("Your new passphrase holds from now on."))


def _without(name: str, store: Store) -> Store:
    return operators.remove(store, name)
