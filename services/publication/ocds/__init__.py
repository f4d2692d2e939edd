"""Procurements in the Open Contracting Data Standard 1.1.5: facts to releases, releases to records. Pure.

release   a fact about a procurement → its release, byte for byte
record    releases of one procurement → its record
"""

from services.publication.ocds.record import compiled

__all__ = ["compiled"]
