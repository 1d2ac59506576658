"""What the actions of the market take."""
