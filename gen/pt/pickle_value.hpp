#pragma once
// What a pickle of PyTorch holds, as far as it is read: plain values and tensors.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <tapeless/io/array_data.hpp>

namespace tapeless::gen {

struct pickle_value {
  enum class kind {
    none,
    boolean,
    integer,
    text,
    tuple,
    list,
    dict,     ///< keys and values in turn
    global,   ///< a name of Python: a known function or class, which is never called
    storage,  ///< elements in an entry of the archive; items: the text that names it
    tensor,   ///< items: storage, offset, tuple of extents, tuple of strides
    other     ///< a value that nothing here needs, such as a float or a device
  };
  kind what = kind::none;
  element_type type = element_type::f32;  ///< of storages and tensors
  bool untyped = false;                   ///< a storage whose integer counts bytes
  bool refused = false;                   ///< a tensor whose numbers are not those of its bytes
  std::int64_t integer = 0;               ///< of storages the number of elements
  std::string text;
  std::vector<pickle_value*> items;
};

/// "a tensor", "a dict".
std::string_view name_of(pickle_value::kind what);

/// A pickle's value, and the owner of all values in it.
struct pickled {
  std::deque<pickle_value> all;
  const pickle_value* root = nullptr;
};

/// Reads a pickle of protocol 2 to 5. Nothing is executed: names of Python are looked up among the
/// few that stand for tensors and containers.
/// Errors: std::runtime_error that says where in the pickle what was found.
pickled read_pickle(std::string_view bytes);

}  // namespace tapeless::gen
