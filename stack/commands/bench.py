"""Measure orden beside stock CKAN, both on one stack of their own: all of it, or what is named (search, harvest)."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> int:
    return 0
