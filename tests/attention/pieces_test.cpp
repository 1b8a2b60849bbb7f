// Attention that has the scores of some queries in memory at a time: the same numbers as with all
// of them, so PyTorch's, and less memory.

#include <attention/pieces.hpp>

using namespace attention;

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
