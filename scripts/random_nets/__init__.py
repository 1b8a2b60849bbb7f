"""Seeded random networks: generation, C++ and torch forms, comparison, shrinking."""
