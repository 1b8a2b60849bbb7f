"""Models for scripts/import_models.py."""
