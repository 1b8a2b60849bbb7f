#pragma once
// Networks and helpers of the sources that check.py compiles for several instruction sets.

#include <tapeless/tapeless.hpp>
#include <type_traits>

#include "report.hpp"

namespace tl = tapeless;

namespace isa_mix {

// Not in an unnamed namespace: functions over its types would be invisible to the linker.
struct net : tl::sequential<tl::input<5>, tl::dense<9>, tl::tanh, tl::dropout<0.25>, tl::dense<3>> {
};
// Wider than a vector of any instruction set, with a remainder: tiles of every width.
struct wide : tl::sequential<tl::input<20>, tl::dense<37>, tl::gelu, tl::dense<18>, tl::softmax> {};

}  // namespace isa_mix

// Each source has its own of what follows, which is no part of the library.
namespace {

using isa_mix::net;
using isa_mix::wide;

template <class Rows>
void fill(Rows& rows) {
  int k = 0;
  for (auto& x : rows)
    x = static_cast<std::remove_reference_t<decltype(x)>>((k++ * 37) % 21) / 10 - 1;
}

template <class T>
void add_all(isa_mix::report& r, const T* x, int count) {
  for (int i = 0; i < count; ++i) r.add(static_cast<double>(x[i]));
}

}  // namespace
