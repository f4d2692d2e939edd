"""What intake shows: lists without a word of any idea, and the ideas themselves, each from its own stream."""

from services.intake.projections.cases import APPLICANTS, CASES
from services.intake.projections.consultations import CONSULTATIONS
from services.intake.projections.themes import THEME_QUESTIONS, THEMES

__all__ = ["APPLICANTS", "CASES", "CONSULTATIONS", "THEMES", "THEME_QUESTIONS"]
