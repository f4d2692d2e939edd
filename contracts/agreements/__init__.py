"""What the service `agreements` publishes: dialogue, pilot, evaluation, procurement, agreement.

Streams: `partnership/<case>`, from the section to the signature or a reasoned no; `agreement/<case>`, the years after;
`theme-criteria/<theme>`, what the proposals to a theme are weighed by.

What is said, planned and weighed while an idea is under consideration is confidential (GL5-04); who leads, what it
costs the city, what came of it and the days are not.
"""

from contracts.agreements.agreement import *
from contracts.agreements.case import *
from contracts.agreements.dialogue import *
from contracts.agreements.evaluation import *
from contracts.agreements.outcome import *
from contracts.agreements.pilot import *
from contracts.agreements.procurement import *
