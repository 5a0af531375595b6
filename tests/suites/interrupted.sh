#!/bin/sh
# interrupted.sh - a batch killed at fifty random moments, and interrupted as a person or a system shutting down would:
# outputs/ holds whole files only, and the next run makes what an undisturbed one does.
exec python3 tests/interrupted.py ./tongket
