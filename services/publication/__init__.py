"""Publication: what everybody may see of a case, and requests for disclosure."""
