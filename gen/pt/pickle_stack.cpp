#include "pt/pickle_stack.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace tapeless::gen {

void pickle_stack::push(pickle_value v) {
  if (values.all.size() >= most) throw std::runtime_error(fmt::format("more than {} values", most));
  values.all.push_back(std::move(v));
  stack_.push_back(&values.all.back());
}

void pickle_stack::push(pickle_value::kind what, std::int64_t integer) {
  pickle_value v;
  v.what = what;
  v.integer = integer;
  push(std::move(v));
}

void pickle_stack::push_tuple(std::vector<pickle_value*> items) {
  pickle_value v;
  v.what = pickle_value::kind::tuple;
  v.items = std::move(items);
  push(std::move(v));
}

pickle_value* pickle_stack::top() {
  if (stack_.size() <= (marks_.empty() ? 0 : marks_.back()))
    throw std::runtime_error("a value is taken that is not there");
  return stack_.back();
}

pickle_value* pickle_stack::pop() {
  pickle_value* v = top();
  stack_.pop_back();
  return v;
}

std::vector<pickle_value*> pickle_stack::after_mark() {
  if (marks_.empty()) throw std::runtime_error("a mark is taken that is not there");
  const auto from = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  std::vector<pickle_value*> all(from, stack_.end());
  stack_.erase(from, stack_.end());
  marks_.pop_back();
  return all;
}

void pickle_stack::extend(pickle_value::kind what, const std::vector<pickle_value*>& items) {
  pickle_value& to = *top();
  if (to.what != what)
    throw std::runtime_error(fmt::format("{} where {} is filled", name_of(to.what), name_of(what)));
  if (what == pickle_value::kind::dict && items.size() % 2 != 0)
    throw std::runtime_error("a dict with a key that has no value");
  to.items.insert(to.items.end(), items.begin(), items.end());
}

void pickle_stack::remember(std::uint32_t index) {
  if (memo_.size() >= most)
    throw std::runtime_error(fmt::format("more than {} values in the memo", most));
  memo_[index] = top();
}

void pickle_stack::recall(std::uint32_t index) {
  const auto at = memo_.find(index);
  if (at == memo_.end())
    throw std::runtime_error(fmt::format("entry {} of the memo, which is empty", index));
  stack_.push_back(at->second);
}

}  // namespace tapeless::gen
