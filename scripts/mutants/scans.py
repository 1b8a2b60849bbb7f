"""Mutants of scans: gradients, what leaves the loop, what is kept per iteration, the loop itself."""
from mutants.mutant import mutant

GRADIENT, HOIST = "transform/scan_gradient.hpp", "transform/hoist.hpp"
LAYOUT, DEPENDENCES = "plan/layout.hpp", "plan/dependences.hpp"
ARENA, SCHEDULE = "plan/arena.hpp", "plan/schedule.hpp"

MUTANTS = [
    mutant("mirror_walks_forward", GRADIENT,
           "the walk back reads the values of the loop in the order of the loop",
           "apply_with<at_step>({mirror, n.trips, n.trips - 1, -1}, all);",
           "apply_with<at_step>({mirror, n.trips, 0, 1}, all);", "scan"),
    mutant("gradient_not_carried", GRADIENT,
           "the walk back forgets what later steps said",
           "adjoint_[c] = d.id + 1;",
           "adjoint_[c] = g.constant(0, g[c].dims, g[c].batched).id + 1; (void)d;", "scan"),
    mutant("last_gradient_dropped", GRADIENT,
           "the gradient of what is carried last is dropped",
           "last = last.recorded() ? last + own : own;", "(void)own;", "scan"),
    mutant("carried_leaves_the_loop", HOIST,
           "the history of a carried value begins one step late",
           "v = along_first({g, outside_[history_[i] - 1] - 1}, 0, 1, n.trips);",
           "v = along_first({g, outside_[history_[i] - 1] - 1}, 1, 1, n.trips);", "scan"),
    mutant("carried_from_the_same_step", LAYOUT,
           "a carried value is read where the same iteration stores it",
           "of[g[i].in[2]] = slot_of(of[i], g[i].dims, 0, 1);",
           "of[g[i].in[2]] = slot_of(of[i], g[i].dims, 1, 1);", "scan"),
    mutant("slots_do_not_move", LAYOUT,
           "every iteration stores in the place of the first",
           "detail::enter_first_axis(dims, first, step, l.at);",
           "detail::enter_first_axis(dims, first, step, l.at); l.at.iteration = 0;", "scan"),
    mutant("scan_frees_what_it_needs_again", ARENA,
           "a place is free after the first iteration's last reader",
           "    outlive_scans(low, life, by_first, count, order);\n",
           "    (void)order;\n", "scan"),
    mutant("scan_runs_once_less", "run/engine.hpp",
           "a scan leaves out its last iteration",
           "for (int t = 0; t < trips; ++t)", "for (int t = 0; t < trips - 1; ++t)", "scan"),
]
