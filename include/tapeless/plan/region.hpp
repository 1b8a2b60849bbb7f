#pragma once
// Regions of a buffer for the checker of plans: the elements that one access reaches.

#include <tapeless/plan/program.hpp>

namespace tapeless::checker {

/// Elements first + sum of i_l * stride_l, 0 <= i_l < extent_l, with strides that rise from loop to
/// loop and no loop that repeats elements or could be merged with the one before.
struct region {
  static constexpr int most = max_loops + 3;  ///< loops: those of a step, rows, its iterations
  int first = 0;
  int loops = 0;
  int extent[most] = {};
  int stride[most] = {};
  bool distinct = true;  ///< no element is reached twice, apart from loops of stride 0

  constexpr int last() const {
    int at = first;
    for (int l = 0; l < loops; ++l) at += stride[l] * (extent[l] - 1);
    return at;
  }
  constexpr int count() const {
    int n = 1;
    for (int l = 0; l < loops; ++l) n *= extent[l];
    return n;
  }
  friend constexpr bool operator==(const region& a, const region& b) {
    bool same = a.first == b.first && a.loops == b.loops;
    for (int l = 0; l < a.loops && same; ++l)
      same = a.extent[l] == b.extent[l] && a.stride[l] == b.stride[l];
    return same;
  }

  /// Adds a loop, in any order.
  constexpr void add(int n, int s) {
    if (n == 1 || s == 0) return;
    if (s < 0) {
      first += s * (n - 1);
      s = -s;
    }
    int l = loops++;
    for (; l > 0 && stride[l - 1] > s; --l) {
      extent[l] = extent[l - 1];
      stride[l] = stride[l - 1];
    }
    extent[l] = n;
    stride[l] = s;
  }
  /// Merges what walks memory evenly, windows that overlap included, and finds out whether elements
  /// repeat.
  constexpr void finish() {
    int reach = 0;
    for (int l = 0; l < loops; ++l) {
      if (stride[l] <= reach) distinct = false;
      reach += stride[l] * (extent[l] - 1);
    }
    int n = 0;
    for (int l = 0; l < loops; ++l) {
      const int steps = n > 0 ? stride[l] / stride[n - 1] : 0;
      if (n > 0 && stride[l] % stride[n - 1] == 0 && steps <= extent[n - 1]) {
        extent[n - 1] += steps * (extent[l] - 1);
      } else {
        extent[n] = extent[l];
        stride[n] = stride[l];
        ++n;
      }
    }
    loops = n;
  }
};

/// Iterations of a loop around steps: `count` of them from the one of that number on.
struct iterations {
  int first = 0, count = 1;
};

/// The region of an access within its step, over iterations of the scan of the step and of the loop
/// inside of the scan.
constexpr region region_of(const step& s, const access& a, const iterations& outer,
                           const iterations& inner) {
  region r;
  r.first = a.offset + outer.first * a.iteration + inner.first * a.inner;
  for (int l = 0; l < s.loops; ++l) r.add(s.extent[l], a.stride[l]);
  if (a.by_row) r.add(s.row_count, s.row_stride);
  r.add(outer.count, a.iteration);
  r.add(inner.count, a.inner);
  r.finish();
  return r;
}

/// The region of a value whose strides are given per axis.
constexpr region region_of(const strided& at, const shape& dims, int batch) {
  region r;
  r.first = at.offset;
  r.add(batch, at.batch);
  for (int i = 0; i < dims.rank; ++i) r.add(dims[i], at.stride[i]);
  r.finish();
  return r;
}

/// Whether every element of `part` is one of `whole`. May say no where loops interleave.
constexpr bool contains(const region& whole, const region& part) {
  int rest = part.first - whole.first;
  if (rest < 0) return false;
  int index[region::most] = {};  // of the last element of `part`, per loop of `whole`
  for (int l = whole.loops - 1; l >= 0; --l) {
    index[l] = rest / whole.stride[l];
    rest %= whole.stride[l];
  }
  if (rest != 0) return false;
  for (int k = 0; k < part.loops; ++k) {
    int l = whole.loops - 1;
    while (l >= 0 && (whole.stride[l] > part.stride[k] || part.stride[k] % whole.stride[l] != 0))
      --l;
    if (l < 0) return false;
    index[l] += part.stride[k] / whole.stride[l] * (part.extent[k] - 1);
  }
  for (int l = 0; l < whole.loops; ++l)
    if (index[l] >= whole.extent[l]) return false;
  return true;
}

/// Calls f with every element of a region.
template <class F>
constexpr void for_each_element(const region& r, F f) {
  int index[region::most] = {};
  for (;;) {
    int at = r.first;
    for (int l = 0; l < r.loops; ++l) at += index[l] * r.stride[l];
    f(at);
    int l = 0;
    while (l < r.loops && ++index[l] == r.extent[l]) index[l++] = 0;
    if (l == r.loops) return;
  }
}

/// A region as a box: where it starts and how far it goes along each axis of a grid.
struct box {
  static constexpr int most_axes = max_loops + 4;
  int first[most_axes] = {};
  int extent[most_axes] = {};
};

/// A grid whose axes have the strides of all regions that are compared; each stride is a multiple of
/// the one before.
class grid {
 public:
  constexpr void add(const region& r) {
    for (int l = 0; l < r.loops; ++l) add(r.stride[l]);
  }
  constexpr bool is_regular() const {
    for (int a = 1; a < axes_; ++a)
      if (stride_[a] % stride_[a - 1] != 0) return false;
    return !full_;
  }
  /// The region as a box around `origin`; false where a loop runs askew to the grid.
  constexpr bool place(const region& r, int origin, box& b) const {
    int rest = r.first - origin;
    for (int a = axes_ - 1; a >= 0; --a) {
      b.first[a] = (rest < 0 ? rest - stride_[a] + 1 : rest) / stride_[a];
      rest -= b.first[a] * stride_[a];
      b.extent[a] = 1;
    }
    if (rest != 0) return false;
    for (int l = 0; l < r.loops; ++l)
      if (!run(r.stride[l], r.extent[l], b)) return false;
    return true;
  }
  /// Elements that two boxes share.
  constexpr int shared(const box& a, const box& b) const {
    int n = 1;
    for (int i = 0; i < axes_; ++i) {
      const int first = a.first[i] > b.first[i] ? a.first[i] : b.first[i];
      const int end_a = a.first[i] + a.extent[i], end_b = b.first[i] + b.extent[i];
      const int end = end_a < end_b ? end_a : end_b;
      if (end <= first) return 0;
      n *= end - first;
    }
    return n;
  }

 private:
  int axes_ = 0;
  bool full_ = false;
  int stride_[box::most_axes] = {};

  constexpr void add(int stride) {
    int at = axes_;
    while (at > 0 && stride_[at - 1] >= stride) --at;
    if (at < axes_ && stride_[at] == stride) return;
    full_ = full_ || axes_ == box::most_axes;
    if (full_) return;
    for (int i = axes_++; i > at; --i) stride_[i] = stride_[i - 1];
    stride_[at] = stride;
  }
  /// Lets a box go n steps along the axis of a stride, over whole lines into the next axes.
  constexpr bool run(int stride, int n, box& b) const {
    int a = 0;
    while (stride_[a] != stride) ++a;
    for (; a + 1 < axes_; ++a) {
      const int line = stride_[a + 1] / stride_[a];
      if (b.extent[a] != 1) return false;
      if (b.first[a] + n <= line) break;
      if (b.first[a] != 0 || n % line != 0) return false;
      b.extent[a] = line;
      n /= line;
    }
    if (b.extent[a] != 1) return false;
    b.extent[a] = n;
    return true;
  }
};

/// A region beside the parts of a value, which share no element.
class comparison {
 public:
  /// `part(i)` is a region; those apart from `whole` are left out.
  template <class Part>
  constexpr comparison(const region& whole, int parts, Part part)
      : whole_{whole}, parts_{new region[static_cast<std::size_t>(parts) + 1]{}} {
    for (int i = 0; i < parts; ++i) {
      const region p = part(i);
      if (p.first <= whole.last() && whole.first <= p.last()) parts_[count_++] = p;
    }
    do {
      split_runs();
    } while (drop_shared_loop());
    measure();
  }
  constexpr ~comparison() { delete[] parts_; }
  comparison(const comparison&) = delete;
  comparison& operator=(const comparison&) = delete;

  /// Elements that an answer looks at one by one: none where all regions are boxes of one grid.
  constexpr int work() const {
    if (are_boxes_) return 0;
    int n = whole_.last() - whole_.first + 1 + whole_.count();
    for (int i = 0; i < count_; ++i) n += parts_[i].count();
    return n;
  }
  /// Whether every element of the region is an element of a part.
  constexpr bool is_covered() const {
    if (are_boxes_) return shared_ >= whole_.count();
    bool* const there = marks();
    for (int i = 0; i < count_; ++i) mark(there, parts_[i]);
    bool all = true;
    for_each_element(whole_, [&](int at) { all = all && there[at - whole_.first]; });
    delete[] there;
    return all;
  }
  /// Whether some element of the region is an element of a part.
  constexpr bool is_met() const {
    if (are_boxes_) return shared_ > 0;
    if (count_ == 0) return false;
    bool* const own = marks();
    mark(own, whole_);
    bool met = false;
    for (int i = 0; i < count_; ++i)
      for_each_element(parts_[i], [&](int at) {
        met = met || (is_inside(at) && own[at - whole_.first]);
      });
    delete[] own;
    return met;
  }

 private:
  region whole_;
  region* parts_;
  int count_ = 0;
  bool are_boxes_ = false;
  int shared_ = 0;  // elements of the region that parts have

  constexpr bool is_inside(int at) const { return at >= whole_.first && at <= whole_.last(); }
  constexpr bool* marks() const {
    return new bool[static_cast<std::size_t>(whole_.last() - whole_.first) + 1]{};
  }
  constexpr void mark(bool* there, const region& r) const {
    for_each_element(r, [&](int at) {
      if (is_inside(at)) there[at - whole_.first] = true;
    });
  }

  constexpr void measure() {
    grid g;
    g.add(whole_);
    for (int i = 0; i < count_; ++i) g.add(parts_[i]);
    if (!g.is_regular()) return;
    // Lines of the grid begin where the value begins, which the earliest region mostly does.
    int first = whole_.first;
    for (int i = 0; i < count_; ++i)
      if (parts_[i].first < first) first = parts_[i].first;
    are_boxes_ = measure_from(g, first) || (first != whole_.first && measure_from(g, whole_.first));
  }
  /// The same with lines of the grid that begin at `origin`.
  constexpr bool measure_from(const grid& g, int origin) {
    box own, other;
    shared_ = 0;
    if (!g.place(whole_, origin, own)) return false;
    for (int i = 0; i < count_; ++i) {
      if (!g.place(parts_[i], origin, other)) return false;
      shared_ += g.shared(own, other);
    }
    return true;
  }

  /// Splits loops that walk over what is a loop of its own elsewhere.
  constexpr void split_runs() {
    int stride = 0, extent = 0;
    const auto look_at = [&](const region& r) {
      if (r.loops > 0 && r.stride[r.loops - 1] > stride) {
        stride = r.stride[r.loops - 1];
        extent = r.extent[r.loops - 1];
      }
    };
    look_at(whole_);
    for (int i = 0; i < count_; ++i) look_at(parts_[i]);
    split_run(whole_, stride, extent);
    for (int i = 0; i < count_; ++i) split_run(parts_[i], stride, extent);
  }
  static constexpr void split_run(region& r, int stride, int extent) {
    if (r.loops == 0 || r.loops == region::most) return;
    const int l = r.loops - 1;
    if (r.stride[l] >= stride || r.extent[l] % extent != 0 ||
        r.stride[l] * (r.extent[l] / extent) != stride)
      return;
    r.extent[l] /= extent;
    r.extent[l + 1] = extent;
    r.stride[l + 1] = stride;
    ++r.loops;
  }

  /// Drops the outermost loop where all have the same one and no iteration reaches into the next.
  constexpr bool drop_shared_loop() {
    if (whole_.loops == 0) return false;
    const int extent = whole_.extent[whole_.loops - 1], stride = whole_.stride[whole_.loops - 1];
    int first = whole_.first, last = whole_.last() - stride * (extent - 1);
    for (int i = 0; i < count_; ++i) {
      const region& p = parts_[i];
      if (p.loops == 0 || p.extent[p.loops - 1] != extent || p.stride[p.loops - 1] != stride)
        return false;
      if (p.first < first) first = p.first;
      const int end = p.last() - stride * (extent - 1);
      if (end > last) last = end;
    }
    if (last - first >= stride) return false;
    --whole_.loops;
    for (int i = 0; i < count_; ++i) --parts_[i].loops;
    return true;
  }
};

}  // namespace tapeless::checker
