"""Whether like cases are treated alike: counts and rates over the facts of the log, and no more."""
