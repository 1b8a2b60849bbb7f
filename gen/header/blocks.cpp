#include "header/blocks.hpp"

#include <algorithm>

namespace tapeless::gen {

namespace {

/// Longer declarations are not searched, and the search ends after so many steps: it may take the
/// cube of the length.
constexpr int most_statements = 2000;
constexpr std::int64_t most_steps = 1'000'000'000;

class finder {
 public:
  explicit finder(const declaration& d) : d_{d}, n_{static_cast<int>(d.statements.size())} {
    last_user_.resize(d.statements.size(), -1);
    for (int i = 0; i < n_; ++i)
      for (const operand& o : d[i].operands)
        if (!o.is_number()) last_user_[static_cast<std::size_t>(o.statement)] = i;
    if (d.output >= 0) last_user_[static_cast<std::size_t>(d.output)] = n_;
  }

  /// The repetition within [begin, end) that saves most statements; length 0 if there is none.
  repetition best(int begin, int end) const {
    repetition best;
    for (int length = 3; 2 * length <= end - begin; ++length)
      for (int first = begin; first + 2 * length <= end && steps_ < most_steps; ++first) {
        const repetition r = starting_at(first, length, end);
        if ((r.count - 1) * length > (best.count - 1) * best.length) best = r;
      }
    return best;
  }

 private:
  repetition starting_at(int first, int length, int end) const {
    repetition r{first, length, 1, -1};
    r.input = input_of(first, length);
    if (r.input < 0 || !is_closed(first, length)) return {};
    while (r.end() + length <= end && repeats(r, r.end())) ++r.count;
    return r.count > 1 ? r : repetition{};
  }

  /// The one statement that a block reads from outside, or -1.
  int input_of(int first, int length) const {
    int input = -1;
    for (int i = first; i < first + length; ++i, ++steps_)
      for (const operand& o : d_[i].operands) {
        if (o.is_number() || o.statement >= first) continue;
        if (input >= 0 && input != o.statement) return -1;
        input = o.statement;
      }
    return input;
  }

  /// Whether only the last statement of a block is read from outside.
  bool is_closed(int first, int length) const {
    for (int i = first; i < first + length - 1; ++i, ++steps_) {
      const int user = last_user_[static_cast<std::size_t>(i)];
      if (user < 0 || user >= first + length) return false;
    }
    return true;
  }

  bool repeats(const repetition& r, int first) const {
    if (input_of(first, r.length) != first - 1 || !is_closed(first, r.length)) return false;
    if (d_[first - 1].dims != d_[r.input].dims) return false;
    // The result of the block before is read by this one alone: it is its last statement.
    if (last_user_[static_cast<std::size_t>(first - 1)] >= first + r.length) return false;
    for (int k = 0; k < r.length; ++k)
      if (!same(r.first + k, first + k, r.first, first)) return false;
    return true;
  }

  bool same(int i, int j, int begin_i, int begin_j) const {
    const statement &a = d_[i], &b = d_[j];
    if (a.what != b.what || a.function != b.function || a.arguments != b.arguments ||
        a.first != b.first || a.dims != b.dims || a.takes_graph != b.takes_graph ||
        a.operands.size() != b.operands.size() || !same_weights(a.weight, b.weight) ||
        !same_weights(a.bias, b.bias) || a.what == statement::kind::input)
      return false;
    for (std::size_t k = 0; k < a.operands.size(); ++k) {
      const operand &x = a.operands[k], &y = b.operands[k];
      if (x.is_number() != y.is_number() || (x.is_number() && x.number != y.number)) return false;
      const bool inside = !x.is_number() && x.statement >= begin_i;
      if (inside && y.statement - begin_j != x.statement - begin_i) return false;
      if (!x.is_number() && !inside && y.statement >= begin_j) return false;
    }
    return true;
  }

  bool same_weights(int a, int b) const {
    if (a < 0 || b < 0) return a < 0 && b < 0;
    const weight &x = d_.weights[static_cast<std::size_t>(a)],
                 &y = d_.weights[static_cast<std::size_t>(b)];
    return x.dims == y.dims && x.trained == y.trained;
  }

  const declaration& d_;
  int n_;
  std::vector<int> last_user_;
  mutable std::int64_t steps_ = 0;
};

void search(const finder& f, int begin, int end, std::vector<repetition>& found) {
  const repetition r = f.best(begin, end);
  if (r.length == 0) return;
  search(f, begin, r.first, found);
  found.push_back(r);
  search(f, r.end(), end, found);
}

}  // namespace

std::vector<repetition> repetitions_of(const declaration& d) {
  const auto n = static_cast<int>(d.statements.size());
  std::vector<repetition> found;
  if (n > most_statements) return found;
  search(finder(d), 0, n, found);
  return found;
}

}  // namespace tapeless::gen
