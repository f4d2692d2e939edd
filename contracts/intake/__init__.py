"""What the service `intake`, the window, publishes.

Streams: `proposal/<case>`, a proposal from its submission to its end; `consultation/<id>`, a question at the window;
`theme/<theme>`, a need that a section published; `access/<case>`, who read an idea and who may; `guideline/<code of
the city>`, which edition superseded which.

The idea and the people behind it are confidential (GL5-04); the organisation that proposes is not.
"""

from contracts.intake.access import *
from contracts.intake.consultation import *
from contracts.intake.guideline import *
from contracts.intake.notice import *
from contracts.intake.proposal import *
from contracts.intake.theme import *
