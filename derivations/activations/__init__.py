"""Activation functions: what they are worth, their slopes, and where these vanish."""
