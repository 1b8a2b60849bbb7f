#pragma once
// What the instructions of a pickle work on: a stack with marks, and a memo.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "pt/pickle_value.hpp"

namespace tapeless::gen {

/// Every member throws std::runtime_error where a pickle takes what is not there, or more values
/// than `most`. Values never contain copies of others, so memory grows with the bytes read.
class pickle_stack {
 public:
  void push(pickle_value v);
  void push(pickle_value::kind what, std::int64_t integer = 0);
  void push(pickle_value* known) { stack_.push_back(known); }
  void push_tuple(std::vector<pickle_value*> items);
  pickle_value* pop();
  pickle_value* top();

  void mark() { marks_.push_back(stack_.size()); }
  /// The values after the last mark, which goes too.
  std::vector<pickle_value*> after_mark();
  /// Adds to the list or dict on top.
  void extend(pickle_value::kind what, const std::vector<pickle_value*>& items);

  void remember(std::uint32_t index);
  void remember() { remember(static_cast<std::uint32_t>(memo_.size())); }
  void recall(std::uint32_t index);

  pickled values;

 private:
  static constexpr std::size_t most = 2'000'000;

  std::vector<pickle_value*> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint32_t, pickle_value*> memo_;
};

}  // namespace tapeless::gen
