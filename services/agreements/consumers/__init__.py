"""What agreements does about facts of others, and about its own.

partnerships   what screening, matching and the window tell about a case
"""

from services.agreements.consumers.partnerships import reactions

__all__ = ["reactions"]
