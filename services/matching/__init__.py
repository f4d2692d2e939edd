"""Matching: each eligible proposal finds the section of the city that takes it on, or a reasoned end (GL2-3)."""
