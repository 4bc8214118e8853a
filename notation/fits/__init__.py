"""Fitted models: their estimates under every name, and what follows from them."""
