"""Near a saddle point of a quadratic function: where gradient descent and Newton's method lead.

In the directions of the eigenvectors of the Hessian each method multiplies the distance by a number
of its own. Gradient descent is driven out where an eigenvalue is negative, if slowly; Newton's
step goes straight to the saddle point, uphill in such directions; and a step by the absolute values
of the eigenvalues keeps the signs of gradient descent.
"""
