"""Trying the idea out: only as needed, only with all that it needs, and evaluated in any case (GL4-3c, GL4-4).

commands        what people can ask of a pilot, and of what came of it
planning        the plan, its permits, the start; or that none is needed
running         incidents, progress, standing still and going on, the end
personal_data   until they are erased
open_data       counts for everybody, out of a pilot
cells           which counts are hidden, so that nobody is recognised
state           what decisions about a pilot need to know
"""
