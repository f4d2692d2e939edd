"""Audit: every fact of every service, in an append-only log that outsiders can verify."""
