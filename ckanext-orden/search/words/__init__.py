"""Words that mean the same: editors' own, in force at once."""
