"""The loss after one step of gradient descent, as a function of the step."""
