"""What an operator sees of runs and can do about them: records, classes of errors, undo, retention, notices, health."""
