"""The encrypted local store: one transaction per user action."""
