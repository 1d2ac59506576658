"""SHARED SERVICE: the one bounded way to read foreign RDF (check, harvest)."""

from .limits import RdfLimits
from .problems import UnreadableRdf
from .reading import quads
from .text import text_of

__all__ = ["RdfLimits", "UnreadableRdf", "quads", "text_of"]
