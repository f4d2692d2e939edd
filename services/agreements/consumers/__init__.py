"""What agreements does about facts of others, and about its own.

partnerships   what screening, matching and the window tell about a case
procurements   what follows for other cases from a direct award
years          what follows over the years after a signature
"""

from services.agreements.consumers.partnerships import reactions
from services.agreements.consumers.procurements import procurements
from services.agreements.consumers.years import years

__all__ = ["procurements", "reactions", "years"]
