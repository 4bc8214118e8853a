"""Expressions and models in numbers."""
