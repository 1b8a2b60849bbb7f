#pragma once
// Everything in this folder for this processor.

#include <tapeless/simd/arch.hpp>
#include <tapeless/simd/batch.hpp>
#include <tapeless/simd/index.hpp>
#include <tapeless/simd/memory.hpp>
#include <tapeless/simd/reduce.hpp>
#include <tapeless/simd/transpose.hpp>
