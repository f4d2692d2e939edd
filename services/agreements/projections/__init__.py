"""Read models of agreements, and what is asked of them.

partnerships   where each case stands from its first talk to its end
evaluations    who weighs each case, and how; what was locked for a theme
requests       what was asked for of the city's catalogue
agreements     where each agreement stands over the years, and the projects under it
"""

from services.agreements.projections.partnerships import PARTNERSHIPS, Database, partnership

__all__ = ["PARTNERSHIPS", "Database", "partnership"]
