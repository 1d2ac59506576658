"""A deterministic demo world for orden: sample publishers, sample files and the scripts that load them (docs/demo.md)."""
