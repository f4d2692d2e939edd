"""What an auditor takes away: the proof of one entry, and the evidence bundle of one case."""
