"""Writers of sample files, one format a function: dataset and year in, bytes out."""
