"""What a misspelt query was meant to be."""
