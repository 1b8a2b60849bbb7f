#pragma once
// Elementary functions written once for scalars and batches: no calls, no branches, no tables.
// The bounds in the docstrings are the worst errors that bench/accuracy.cpp finds, rounded up. In
// a constant expression the argument must not be NaN, because no result may be.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_log.hpp>
#include <tapeless/core/math_polynomial.hpp>
#include <tapeless/core/math_pow.hpp>
#include <tapeless/core/math_random.hpp>
#include <tapeless/core/math_saturating.hpp>
