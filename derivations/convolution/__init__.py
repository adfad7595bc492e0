"""Convolutions as matrices, in the Fourier basis, and as layers of a network."""
