"""Known trouble at the central office; sentences are in resources/texts, exit codes those of every Payung command."""

from __future__ import annotations

from payung.errors import PayungError


class ServerError(PayungError):
    """Trouble the people who run the central office can do something about."""

    code = "server"
    exit_code = 1


class DatabaseUnreachable(ServerError):
    """No PostgreSQL answers at the address; fact `host` names it, never the password."""

    code = "server.database"
    exit_code = 4


class EmbeddedTrouble(ServerError):
    """The embedded PostgreSQL does not start in its folder; facts `folder`, `log` (its own words are there)."""

    code = "server.embedded"
    exit_code = 6


class NotPostgreSQL(ServerError):
    """The database address is not one of PostgreSQL."""

    code = "server.address"
    exit_code = 2


class RolesDenied(ServerError):
    """The database user may not create the application role; fact `user`."""

    code = "server.roles"
    exit_code = 2


class SchemaMissing(ServerError):
    """The database was never set up, or stands at another version of the schema."""

    code = "server.schema"
    exit_code = 2


class KeysMissing(ServerError):
    """The office's key files are not in the data folder; fact `folder`."""

    code = "server.keys"
    exit_code = 5


class KeysExist(ServerError):
    """Keys stand already where new ones were to be made; they are never overwritten. Fact `folder`."""

    code = "server.keys_exist"
    exit_code = 2


class FileUnreadable(ServerError):
    """A file named on the command line cannot be read or written; facts `file`, `reason`."""

    code = "server.file"
    exit_code = 6


class UnknownRegion(ServerError):
    """No region has the code; fact `region`."""

    code = "server.region"
    exit_code = 2


class UnknownEvent(ServerError):
    """No election event has the code; fact `event`."""

    code = "server.event"
    exit_code = 2


class OfficeExists(ServerError):
    """The institution has an office for the region already; facts `region`, `institution`."""

    code = "server.office_exists"
    exit_code = 1


class UnknownOffice(ServerError):
    """No office fits what was named; fact `office`."""

    code = "server.office"
    exit_code = 2


class AccountExists(ServerError):
    """The login is taken; fact `login`."""

    code = "server.account_exists"
    exit_code = 1


class WeakPassword(ServerError):
    """A password shorter than the rule allows; fact `length`: how many characters it must have."""

    code = "server.password"
    exit_code = 2


class StationsUnreadable(ServerError):
    """A list of polling stations lacks a column; fact `columns` names what is missing."""

    code = "server.stations"
    exit_code = 2


class UnknownDevice(ServerError):
    """No laptop has the name; fact `device`."""

    code = "server.device"
    exit_code = 2


class WrongUse(ServerError):
    """A command was called in a way it cannot be; fact `detail` says what to change."""

    code = "server.use"
    exit_code = 2
