"""Intake: the one window for proposals (GL2-1), from submission to acceptance, and how a case stands."""
