"""What is searched for and not found: numbers a day, and nothing of by whom."""
