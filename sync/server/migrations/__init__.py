"""The history of the database schema, run by Alembic from `sync.server.database`."""
