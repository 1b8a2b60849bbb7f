"""Mutants of rows by index: which row, what it is added to, what else a step may read."""
from mutants.mutant import mutant

CONFLICTS, LOWER = "plan/conflicts.hpp", "plan/lower.hpp"
SHAPING, SHARING, KERNEL = "plan/shaping.hpp", "plan/sharing.hpp", "kernels/row_nest.hpp"
OPERATION = "ops/gather.hpp"

MUTANTS = [
    mutant("fractions_name_rows", KERNEL,
           "an index between two rows names the lower one",
           "&& static_cast<T>(i) == number ? i", "? i", "tables"),
    mutant("row_behind_the_last", KERNEL,
           "an index may name the row behind the last one",
           "static_cast<unsigned>(i) < static_cast<unsigned>(Rows)",
           "static_cast<unsigned>(i) <= static_cast<unsigned>(Rows)", "tables",
           (("number < static_cast<T>(Rows) ?", "number <= static_cast<T>(Rows) ?"),)),
    mutant("missing_row_is_the_first", KERNEL,
           "an index that names no row gives the first one",
           "if constexpr (Missing && is_load_by_row(I))", "if constexpr (Missing && I < 0)",
           "tables"),
    mutant("sum_of_rows_without_zeros", LOWER,
           "rows are added to what lies there",
           "if (adds && !updates) emit_zeros(id);", "(void)updates;", "tables"),
    mutant("rows_of_one_sample", LOWER,
           "rows of the first sample alone are added",
           "if (g[rows].batched || g[index].batched || n.batched)", "if (n.batched)", "tables"),
    mutant("rows_run_over_the_next", SHAPING,
           "a vector of a row runs over the next row",
           "    if (a.by_row && s.row_stride < reach && s.row_stride > -reach) a.exact = true;\n",
           "", "tables"),
    mutant("tables_share_a_kernel", SHARING,
           "tables of different heights share a kernel",
           "a.index != b.index || a.row_stride != b.row_stride || a.row_count != b.row_count ||",
           "a.index != b.index ||", "tables"),
    mutant("update_of_rows_reads_the_table", CONFLICTS,
           "an update of rows may read elements of other rows",
           "!adds_rows(g[store]) && l.at", "l.at", "tables"),
    mutant("gradient_of_rows_twice", OPERATION,
           "the gradient of a table counts every row twice",
           "{.lead = lead, .rows = g[n.in[0]].dims[lead]}, dy,",
           "{.lead = lead, .rows = g[n.in[0]].dims[lead]}, dy + dy,", "tables"),
]
