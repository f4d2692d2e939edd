"""Read models of publication, and what is asked of them.

publications   how far each case is on its way to the public, for the office
shown          what everybody may see
disclosures    requests for disclosure
"""

from services.publication.projections.disclosures import DISCLOSURES
from services.publication.projections.publications import PUBLICATIONS
from services.publication.projections.shown import CASES, DATASETS, RELEASES, THEMES

READ_MODELS = (PUBLICATIONS, CASES, THEMES, DATASETS, RELEASES, DISCLOSURES)

__all__ = [
    "CASES",
    "DATASETS",
    "DISCLOSURES",
    "PUBLICATIONS",
    "READ_MODELS",
    "RELEASES",
    "THEMES",
]
