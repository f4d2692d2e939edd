"""Whole cases as scenario files, played through the public HTTP API. The format: docs/journeys.md."""
