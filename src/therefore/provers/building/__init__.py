"""What provers are built of: relations at hand, matching, fields, polynomials, squares."""
