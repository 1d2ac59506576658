"""Offers as other systems write them: CADDE's keys, ODRL, schema.org."""
