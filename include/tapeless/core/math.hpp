#pragma once
// Elementary functions written once for scalars and batches: no calls, no branches.
// Tables only where the lane looks them up in a register (tanh on AVX-512).
// The bounds in the docstrings are the worst errors that bench/accuracy.cpp finds, rounded up. In
// a constant expression the argument must not be NaN, because no result may be.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_erf.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_fast.hpp>
#include <tapeless/core/math_hyperbolic.hpp>
#include <tapeless/core/math_inverse.hpp>
#include <tapeless/core/math_log.hpp>
#include <tapeless/core/math_mod.hpp>
#include <tapeless/core/math_normal.hpp>
#include <tapeless/core/math_polynomial.hpp>
#include <tapeless/core/math_pow.hpp>
#include <tapeless/core/math_random.hpp>
#include <tapeless/core/math_round.hpp>
#include <tapeless/core/math_tanh.hpp>
#include <tapeless/core/math_trigonometric.hpp>
