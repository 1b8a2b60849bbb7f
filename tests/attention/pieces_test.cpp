// Attention that has the scores of some queries in memory at a time: the same numbers as with all
// of them, so PyTorch's, and less memory.

#include <attention/golden_law.hpp>

namespace tl = tapeless;
namespace cases = golden::attention;

namespace {

constexpr tl::attention_settings with_pieces(tl::attention_settings s, int queries) {
  s.queries_at_once = queries;
  return s;
}

template <class Layer, int Queries>
struct changed;
template <tl::attention_settings S, int Queries>
struct changed<cases::dot_product<S>, Queries> {
  using layer = cases::dot_product<with_pieces(S, Queries)>;
};
template <int Width, int Heads, tl::attention_settings S, int Queries>
struct changed<tl::multi_head_attention<Width, Heads, S>, Queries> {
  using layer = tl::multi_head_attention<Width, Heads, with_pieces(S, Queries)>;
};

/// A golden case in pieces of so many queries.
template <class Case, int Queries>
struct pieces_of : Case {
  using layer = typename changed<typename Case::layer, Queries>::layer;
};

/// 128 steps, 4 heads: 65,536 scores.
template <int Queries>
struct long_sequence
    : tl::sequential<
          tl::input<128, 32>,
          tl::multi_head_attention<
              32, 4, tl::attention_settings{.causal = true, .queries_at_once = Queries}>> {};

}  // namespace

TEST_CASE("pieces of one query, of two, of all but one") {
  attention::check_reference<pieces_of<cases::sdpa_plain, 1>>();
  attention::check_reference<pieces_of<cases::sdpa_heads, 2>>();
  attention::check_reference<pieces_of<cases::sdpa_cross, 3>>();
}
TEST_CASE("pieces of a causal attention, the last one smaller") {
  attention::check<pieces_of<cases::sdpa_causal, 4>>();
  attention::check_forward<pieces_of<cases::sdpa_causal, 4>>();
  attention::check_reference<pieces_of<cases::sdpa_causal_longer, 2>>();
  attention::check_reference<pieces_of<cases::sdpa_causal_shorter, 2>>();
}
TEST_CASE("pieces with masks, per query and for all") {
  attention::check_reference<pieces_of<cases::sdpa_added, 2>>();
  attention::check<pieces_of<cases::sdpa_shown, 3>>();
  attention::check_reference<pieces_of<cases::sdpa_hidden_keys, 2>>();
}
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
