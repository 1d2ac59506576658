"""Four sample publishers in the dialects that real ones speak."""
