"""Makers of ledgers that take more than a line or two each; records.py names them among its own."""
