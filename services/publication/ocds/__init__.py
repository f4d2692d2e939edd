"""Procurements in the Open Contracting Data Standard 1.1.5. Pure.

content   what a fact about a procurement adds to what is known of it
release   that, as a release, byte for byte
record    releases of one procurement → what they come to together; reads the schema, so that domains leave it alone
"""

from services.publication.ocds.content import Buyer, Content, told
from services.publication.ocds.release import Stage, process, release, tags

__all__ = ["Buyer", "Content", "Stage", "process", "release", "tags", "told"]
