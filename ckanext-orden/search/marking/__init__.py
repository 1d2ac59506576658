"""Where the words of a query stand in what is shown, and why it is shown."""
