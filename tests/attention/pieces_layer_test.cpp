// Attention in pieces of queries: grouped queries, layers, memory.

#include <attention/pieces.hpp>

using namespace attention;

namespace {

/// 128 steps, 4 heads: 65,536 scores.
template <int Queries>
struct long_sequence
    : tl::sequential<
          tl::input<128, 32>,
          tl::multi_head_attention<
              32, 4, tl::attention_settings{.causal = true, .queries_at_once = Queries}>> {};

}  // namespace

TEST_CASE("pieces of grouped queries") {
  attention::check_reference<pieces_of<cases::sdpa_grouped, 2>>();
  attention::check_reference<pieces_of<cases::sdpa_grouped_shown, 2>>();
  attention::check_reference<pieces_of<cases::sdpa_multi_query, 3>>();
}
TEST_CASE("pieces in a layer, with biases of distances") {
  attention::check<pieces_of<cases::mha_self, 2>>();
  attention::check_reference<pieces_of<cases::mha_bias_clipped, 4>>();
  attention::check_reference<pieces_of<cases::mha_bias_grouped, 2>>();
  attention::check_reference<pieces_of<cases::mha_alibi, 4>>();
  attention::check_reference<pieces_of<cases::mha_half_split, 2>>();
}

TEST_CASE("pieces take the memory of one piece") {
  constexpr auto whole = tl::cost<long_sequence<0>>.peak_bytes;
  constexpr auto parts = tl::cost<long_sequence<16>>.peak_bytes;
  CHECK(whole > 128 * 128 * 4 * 4);
  CHECK(parts < whole / 3);
}
