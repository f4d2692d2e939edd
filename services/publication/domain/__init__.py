"""What is public and how it came to be: publications by consent, lists of what is public as it is, disclosure.

publication   a case, from its signature to what everybody sees of it
listing       themes, procurements and data sets
disclosure    requests under the ordinance
"""

from services.publication.domain.disclosure import DISCLOSURE
from services.publication.domain.listing import LISTING
from services.publication.domain.publication import PUBLICATION

__all__ = ["DISCLOSURE", "LISTING", "PUBLICATION"]
