"""First schema: offices and people, laptops, batches, enrolments with their revisions, and who may see which rows.

Scopes are settings of the transaction: `payung.device_id` and `payung.device_scope` (village codes with commas) for a
laptop, `payung.office_region` and `payung.office_side` for an office, `payung.login` and `payung.session` at the door.
Unset, empty or a pattern, they show nothing.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE installation (
  one smallint PRIMARY KEY CONSTRAINT installation_one_check CHECK (one = 1), epoch bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE event (
  code text PRIMARY KEY, version integer NOT NULL, body bytea NOT NULL, made_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE office (
  id uuid PRIMARY KEY, region text NOT NULL, institution text NOT NULL, name text NOT NULL,
  contact text NOT NULL DEFAULT '', made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT office_place_key UNIQUE (region, institution));
CREATE TABLE account (
  id uuid PRIMARY KEY, office uuid NOT NULL REFERENCES office (id), login text NOT NULL, role text NOT NULL,
  password text NOT NULL, active boolean NOT NULL DEFAULT true, failures integer NOT NULL DEFAULT 0,
  locked_until timestamptz, made_at timestamptz NOT NULL DEFAULT now(), CONSTRAINT account_login_key UNIQUE (login));
CREATE TABLE session (
  token_hash bytea PRIMARY KEY, account uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  made_at timestamptz NOT NULL DEFAULT now(), seen_at timestamptz NOT NULL DEFAULT now(), ends_at timestamptz NOT NULL);
CREATE TABLE tps (
  event text NOT NULL REFERENCES event (code), village text NOT NULL, number integer NOT NULL, special boolean NOT NULL,
  address text NOT NULL DEFAULT '', voters integer, PRIMARY KEY (event, village, number));
CREATE TABLE device (
  id uuid PRIMARY KEY, tag text NOT NULL, event text NOT NULL REFERENCES event (code), institution text NOT NULL,
  villages text[] NOT NULL, certificate bytea NOT NULL, sign_key bytea NOT NULL, seal_key bytea NOT NULL,
  state text NOT NULL DEFAULT 'issued', sequence bigint NOT NULL DEFAULT 0, head bytea,
  feed_cursor bigint NOT NULL DEFAULT 0, health jsonb, skew_seconds integer,
  issued_at timestamptz NOT NULL DEFAULT now(), first_contact timestamptz, last_contact timestamptz,
  CONSTRAINT device_tag_key UNIQUE (tag));
CREATE TABLE batch (
  device uuid NOT NULL REFERENCES device (id), sequence bigint NOT NULL, hash bytea NOT NULL, previous bytea,
  count integer NOT NULL, device_at timestamptz NOT NULL, received_at timestamptz NOT NULL, receipt bytea NOT NULL,
  reply bytea NOT NULL, signatures bytea NOT NULL, PRIMARY KEY (device, sequence));
CREATE TABLE enrolment (
  id uuid PRIMARY KEY, event text NOT NULL, place text COLLATE "C" NOT NULL, tps integer, post text NOT NULL,
  seat integer, institution text NOT NULL, nik bytea, term_start date, term_end date, number integer NOT NULL,
  head bytea NOT NULL, device uuid NOT NULL, state text NOT NULL, flags integer NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL, changed_at timestamptz NOT NULL);
CREATE INDEX enrolment_place ON enrolment (place);
CREATE INDEX enrolment_nik ON enrolment (nik);
CREATE TABLE revision (
  record uuid NOT NULL, hash bytea NOT NULL, number integer NOT NULL, parent bytea, kind text NOT NULL,
  conflict boolean NOT NULL, at timestamptz NOT NULL, operator uuid NOT NULL, device uuid NOT NULL,
  sequence bigint NOT NULL, body bytea NOT NULL, received_at timestamptz NOT NULL, PRIMARY KEY (record, hash));
CREATE TABLE backlog (
  record uuid NOT NULL, hash bytea NOT NULL, device uuid NOT NULL REFERENCES device (id), sequence bigint NOT NULL,
  villages text[] NOT NULL, body bytea NOT NULL, received_at timestamptz NOT NULL, PRIMARY KEY (record, hash));
CREATE TABLE quarantine (
  record uuid NOT NULL, hash bytea NOT NULL, device uuid NOT NULL REFERENCES device (id), sequence bigint NOT NULL,
  code text NOT NULL, body bytea NOT NULL, received_at timestamptz NOT NULL, PRIMARY KEY (record, hash, device));
CREATE TABLE ledger (
  device uuid NOT NULL REFERENCES device (id), number text NOT NULL, kind text NOT NULL, copy integer NOT NULL,
  record uuid NOT NULL, revision integer NOT NULL, operator uuid NOT NULL, at timestamptz NOT NULL,
  received_at timestamptz NOT NULL, PRIMARY KEY (device, number, kind, copy));
CREATE TABLE feed (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, device uuid NOT NULL REFERENCES device (id), cursor bigint,
  kind integer NOT NULL, body bytea NOT NULL, made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT feed_cursor_key UNIQUE (device, cursor));
CREATE TABLE duplicate (
  first uuid NOT NULL REFERENCES enrolment (id), second uuid NOT NULL REFERENCES enrolment (id),
  found_at timestamptz NOT NULL DEFAULT now(), decided_at timestamptz, PRIMARY KEY (first, second));
CREATE TABLE incident (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, device uuid NOT NULL REFERENCES device (id), kind text NOT NULL,
  sequence bigint NOT NULL, hash bytea NOT NULL, body bytea NOT NULL, at timestamptz NOT NULL,
  CONSTRAINT incident_batch_key UNIQUE (device, sequence, hash));
CREATE TABLE operator (
  device uuid NOT NULL REFERENCES device (id), id uuid NOT NULL, public_key bytea NOT NULL,
  first_seen timestamptz NOT NULL, PRIMARY KEY (device, id));
"""

# Whether a place lies above one of the places of the scope: the kecamatan or kabupaten of a laptop's village.
ABOVE = """
CREATE FUNCTION payung_above(place text, scope text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT 1 FROM unnest(scope) AS named WHERE left(named, length(place) + 1) = place || '.') $$;
"""

# Which records exist, whoever's they are: a laptop may not begin a record that another village began.
EXISTING = """
CREATE FUNCTION payung_existing(records uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$ SELECT id FROM enrolment WHERE id = ANY (records) $$;
"""

# The same NIK serves twice within one event: found across villages, told by place and TPS alone.
DUPLICATES = """
CREATE FUNCTION payung_flag_duplicates(records uuid[])
RETURNS TABLE (record uuid, other_place text, other_tps integer, other_post text) LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  WITH pair AS (
    SELECT mine.id AS mine, other.id AS other, other.place, other.tps, other.post
    FROM unnest(records) AS asked (id)
    JOIN enrolment mine ON mine.id = asked.id
    JOIN enrolment other ON other.nik = mine.nik AND other.id <> mine.id AND other.event = mine.event
      AND other.term_start <= mine.term_end AND mine.term_start <= other.term_end AND other.state = 'active'
    WHERE mine.state = 'active'),
  kept AS (
    INSERT INTO duplicate (first, second) SELECT DISTINCT least(mine, other), greatest(mine, other) FROM pair
    ON CONFLICT DO NOTHING)
  SELECT DISTINCT ON (mine) mine, place::text, tps, post FROM pair ORDER BY mine, place, tps NULLS FIRST, other $$;
CREATE FUNCTION payung_sweep_duplicates(since timestamptz) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  WITH kept AS (
    INSERT INTO duplicate (first, second)
    SELECT DISTINCT least(mine.id, other.id), greatest(mine.id, other.id)
    FROM enrolment mine JOIN enrolment other ON other.nik = mine.nik AND other.id <> mine.id
      AND other.event = mine.event AND other.state = 'active'
      AND other.term_start <= mine.term_end AND mine.term_start <= other.term_end
    WHERE mine.state = 'active' AND mine.changed_at >= since
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*) FROM kept $$;
REVOKE ALL ON FUNCTION payung_existing(uuid[]), payung_flag_duplicates(uuid[]), payung_sweep_duplicates(timestamptz)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payung_existing(uuid[]), payung_flag_duplicates(uuid[]),
  payung_sweep_duplicates(timestamptz) TO payung_app;
"""

GRANTS = """
GRANT SELECT ON alembic_version, installation, event, office, tps TO payung_app;
GRANT SELECT, UPDATE ON account TO payung_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO payung_app;
GRANT SELECT, UPDATE ON device TO payung_app;
GRANT SELECT, INSERT ON batch, revision, quarantine, ledger, incident, operator TO payung_app;
GRANT SELECT, INSERT, UPDATE ON enrolment, feed TO payung_app;
GRANT SELECT, INSERT, DELETE ON backlog TO payung_app;
GRANT SELECT ON duplicate TO payung_app;
"""

SCOPE = "string_to_array(current_setting('payung.device_scope', true), ',')"
REGION = "nullif(current_setting('payung.office_region', true), '')"
SIDE = "current_setting('payung.office_side', true)"
OWN = "device::text = current_setting('payung.device_id', true)"
IN_DEVICE_SCOPE = (
    f"(place = ANY ({SCOPE}) OR left(place, 8) = ANY ({SCOPE}) OR left(place, 5) = ANY ({SCOPE})"
    f" OR (length(place) < 13 AND payung_above(place, {SCOPE})))"
)
# the government of the region pays for both sides and sees both
ON_OFFICE_SIDE = f"({SIDE} = institution OR {SIDE} = 'PEMDA')"
IN_OFFICE_SCOPE = f"((place = {REGION} OR left(place, length({REGION}) + 1) = {REGION} || '.') AND {ON_OFFICE_SIDE})"
ANY_VILLAGE_IN_REGION = (
    "EXISTS (SELECT FROM unnest(villages) AS named"
    f" WHERE named = {REGION} OR left(named, length({REGION}) + 1) = {REGION} || '.')"
)
OF_VISIBLE_DEVICE = "EXISTS (SELECT 1 FROM device seen WHERE seen.id = device)"

PROTECTED = (
    "account", "session", "device", "batch", "enrolment", "revision", "backlog", "quarantine", "ledger", "feed",
    "duplicate", "incident", "operator",
)  # fmt: skip

POLICIES = (
    ("account", "door", "ALL", "login = current_setting('payung.login', true) OR {session}"),
    ("session", "door", "ALL", "encode(token_hash, 'hex') = current_setting('payung.session', true)"),
    ("device", "self", "ALL", "id::text = current_setting('payung.device_id', true)"),
    (
        "device", "office", "SELECT",
        f"{ON_OFFICE_SIDE} AND {ANY_VILLAGE_IN_REGION}",
    ),
    ("enrolment", "device", "ALL", IN_DEVICE_SCOPE),
    ("enrolment", "office", "SELECT", IN_OFFICE_SCOPE),
    ("revision", "device_writes", "INSERT", OWN),
    ("revision", "seen", "SELECT", "EXISTS (SELECT 1 FROM enrolment seen WHERE seen.id = record)"),
    ("duplicate", "office", "SELECT", "EXISTS (SELECT 1 FROM enrolment seen WHERE seen.id IN (first, second))"),
    # another laptop of the village may bring the parent that was waited for
    ("backlog", "device", "ALL", f"{OWN} OR villages && {SCOPE}"),
    ("feed", "device", "ALL", OWN),
    ("feed", "told", "INSERT", "current_setting('payung.device_id', true) <> ''"),
    *((table, "device", "ALL", OWN) for table in ("batch", "quarantine", "ledger", "incident", "operator")),
    *(
        (table, "office", "SELECT", f"{REGION} IS NOT NULL AND {OF_VISIBLE_DEVICE}")
        for table in ("batch", "backlog", "quarantine", "ledger", "incident", "operator")
    ),
)  # fmt: skip


def upgrade() -> None:
    """Make tables, functions, grants and policies."""
    for script in (TABLES, ABOVE, EXISTING, DUPLICATES, GRANTS):
        op.execute(script)
    for table in PROTECTED:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        # the office's own commands; the service never logs in as the owner
        op.execute(f"CREATE POLICY owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    for table, name, verb, condition in POLICIES:
        _policy(table, name, verb, condition)


def _policy(table: str, name: str, verb: str, condition: str) -> None:
    seen = condition.replace("{session}", "EXISTS (SELECT 1 FROM session seen WHERE seen.account = account.id)")
    clauses = {"SELECT": f"USING ({seen})", "INSERT": f"WITH CHECK ({seen})"}
    clause = clauses.get(verb, f"USING ({seen}) WITH CHECK ({seen})")
    op.execute(f"CREATE POLICY {name} ON {table} FOR {verb} TO payung_app {clause}")
