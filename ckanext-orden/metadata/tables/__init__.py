"""Tables of open data: which standard dataset a file is, what is wrong in its cells, what its columns mean."""
