"""Screening: whether partner and project meet the requirements (GL7), by the registers of the city."""
