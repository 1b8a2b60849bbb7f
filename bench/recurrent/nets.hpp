#pragma once
// Recurrent networks that benchmarks time: amplifiers of one sound, and a sequence to train on.

#include <tapeless/tapeless.hpp>

namespace recurrent_nets {

namespace tl = tapeless;

/// A recurrence of one sound and a number out of what it yields, as RTNeural's users run them.
template <class Recurrence>
struct amplifier : tl::sequential<tl::input<4096, 1>, Recurrence, tl::dense_per_step<1>> {};
struct lstm_16 : amplifier<tl::lstm<16>> {};
struct lstm_40 : amplifier<tl::lstm<40>> {};
struct gru_8 : amplifier<tl::gru<8>> {};

/// 50 steps of one number, a number from the last one.
struct sequence : tl::sequential<tl::input<50, 1>,
                                 tl::lstm<32, tl::recurrent{.yield = tl::yields::last}>,
                                 tl::dense<1>> {};

}  // namespace recurrent_nets
