"""What the service `screening` publishes: whether partner and project meet the requirements (GL7).

Streams: `screening/<case>`; `measure/<measure id>`, the entries of the city's registers; `link/<id>`, who is known to
use a person that a finding is about; `register-import/<id>`, the files that registers were brought up to date from.
"""

from contracts.screening.flags import *
from contracts.screening.registers import *
from contracts.screening.screening import *
