#pragma once
// Golden cases of attention with the scores of some queries in memory at a time.

#include <attention/golden_law.hpp>

namespace attention {

namespace tl = tapeless;
namespace cases = golden::attention;

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

}  // namespace attention
