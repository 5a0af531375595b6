#!/bin/sh
# many.sh - a report for each of 3,000 units in one run keeps none of the documents in memory.
exec python3 tests/many.py ./tongket
