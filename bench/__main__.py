"""`python -m bench NAME …`: one measurement; without a name, all of them."""

from __future__ import annotations

import sys

from . import catalogue, endurance, harvest, lists, load, market, pages, search, shacl, tables, traps

MEASUREMENTS = {
    "search": search.main,
    "load": load.main,
    "harvest": harvest.main,
    "lists": lists.main,
    "tables": tables.main,
    "catalogue": catalogue.main,
    "shacl": shacl.main,
    "traps": traps.main,
    "endurance": endurance.main,
    "market": market.main,
    "pages": pages.main,
}


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] not in MEASUREMENTS:
        print(f"bench: no measurement {arguments[0]!r}; there are {', '.join(MEASUREMENTS)}", file=sys.stderr)
        return 2
    wanted = arguments[:1] or list(MEASUREMENTS)
    for name in wanted:
        print(f"\n## {name}\n")
        MEASUREMENTS[name](arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
