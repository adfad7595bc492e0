"""Functions of one number on a stretch: their signs, their bounds."""
