"""What the service `publication` publishes: what of a case everybody may see, and requests for disclosure.

Streams: `publication/<case>`, from what is known of a case to its publication; `listing/<case or theme>`, themes,
procurements and data sets that are public as they are; `disclosure/<id>`, a request under the ordinance.

An idea is confidential until its proposer consented to the very text that is shown and the outcome is signed (V15).
"""

from contracts.publication.case import *
from contracts.publication.disclosure import *
from contracts.publication.listing import *
