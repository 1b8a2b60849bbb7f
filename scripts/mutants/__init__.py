"""Ways to break the library on purpose, by part of it."""
from mutants import calculus, grouping, kernels, placing, scans, stepping, tables

ALL = (placing.MUTANTS + grouping.MUTANTS + stepping.MUTANTS + kernels.MUTANTS + calculus.MUTANTS
       + scans.MUTANTS + tables.MUTANTS)
