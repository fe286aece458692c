"""The encrypted local store: one transaction per user action.

`vault` opens the key and `database` the file; `enrolments`, `drafts`, `certificates` and `outbox` are what is done
with them.
"""
