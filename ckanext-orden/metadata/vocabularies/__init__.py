"""Vocabularies: what a term is called, in which list it stands, and how publishers spell it."""

from .file_types import FileType, file_type_for, file_type_of_url, file_types
from .frequencies import Frequency, frequencies, frequency_for
from .languages import Language, language_for, languages
from .licences import Licence, licence_for, licences, versionless
from .places import Place, municipalities, municipality, municipality_named, prefectures, wards
from .terms import (
    AccessRight,
    Coded,
    Era,
    PersonalClass,
    access_right_for,
    access_rights,
    cadde_label,
    cadde_labels,
    cadde_value,
    cadde_values,
    coded,
    coded_for,
    eras,
    personal_class_for,
    personal_classes,
)
from .themes import Category, Theme, categories, category_for, theme_for, themes

__all__ = [
    "AccessRight",
    "Category",
    "Coded",
    "Era",
    "FileType",
    "Frequency",
    "Language",
    "Licence",
    "PersonalClass",
    "Place",
    "Theme",
    "access_right_for",
    "access_rights",
    "cadde_label",
    "cadde_labels",
    "cadde_value",
    "cadde_values",
    "categories",
    "category_for",
    "coded",
    "coded_for",
    "eras",
    "file_type_for",
    "file_type_of_url",
    "file_types",
    "frequencies",
    "frequency_for",
    "language_for",
    "languages",
    "licence_for",
    "licences",
    "municipalities",
    "municipality",
    "municipality_named",
    "personal_class_for",
    "personal_classes",
    "prefectures",
    "theme_for",
    "themes",
    "versionless",
    "wards",
]
