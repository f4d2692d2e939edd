"""Agreements: dialogue, pilot, evaluation, and the agreement that is signed at the end (GL4-3 to GL4-5)."""
