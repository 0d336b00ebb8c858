"""What the four services have in common: contracts, delivery rules, text folding, settings."""
