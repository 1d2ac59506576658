"""How datasets are used, counted without anything of by whom, and the statistics of the catalogue."""
