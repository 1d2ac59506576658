"""Previews: what is in a PDF, an image or a text file, on the file's page."""
