"""A demo world for orden that is always the same: publishers, files and the scripts that load them (docs/demo.md)."""
