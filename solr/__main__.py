"""`python -m ckanext.orden.solr DIR` writes the configset where no CKAN is configured, as in an image's build."""

import sys
from pathlib import Path

from .build import write

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m ckanext.orden.solr DIR")
    write(Path(sys.argv[1]))
