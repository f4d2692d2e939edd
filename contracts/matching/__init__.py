"""What the service `matching` publishes: how a case finds the section that takes it on.

Streams: `matching/<case>`; `interest/<id>`, the register of what would make somebody partial; `section/<section>`,
how many cases a section can lead at a time.

Every decision keeps the sections considered, their scores and the reasons (GL2-3, V23). Why a section fits is said
in words of its own published duties, never in those of the idea (GL5-04).
"""

from contracts.matching.matching import *
from contracts.matching.ranking import *
from contracts.matching.register import *
