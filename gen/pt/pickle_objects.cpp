#include "pt/pickle_objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include <tapeless/io/error.hpp>

namespace tapeless::gen {

namespace {

using kind = pickle_value::kind;

struct typed_name {
  std::string_view name;
  element_type type;
};

constexpr std::array<typed_name, 10> storages{{{"torch.DoubleStorage", element_type::f64},
                                               {"torch.FloatStorage", element_type::f32},
                                               {"torch.HalfStorage", element_type::f16},
                                               {"torch.BFloat16Storage", element_type::bf16},
                                               {"torch.LongStorage", element_type::i64},
                                               {"torch.IntStorage", element_type::i32},
                                               {"torch.ShortStorage", element_type::i16},
                                               {"torch.CharStorage", element_type::i8},
                                               {"torch.ByteStorage", element_type::u8},
                                               {"torch.BoolStorage", element_type::boolean}}};

constexpr std::array<typed_name, 13> dtypes{{{"torch.float64", element_type::f64},
                                             {"torch.float32", element_type::f32},
                                             {"torch.float16", element_type::f16},
                                             {"torch.bfloat16", element_type::bf16},
                                             {"torch.int64", element_type::i64},
                                             {"torch.int32", element_type::i32},
                                             {"torch.int16", element_type::i16},
                                             {"torch.int8", element_type::i8},
                                             {"torch.uint64", element_type::u64},
                                             {"torch.uint32", element_type::u32},
                                             {"torch.uint16", element_type::u16},
                                             {"torch.uint8", element_type::u8},
                                             {"torch.bool", element_type::boolean}}};

constexpr std::array<std::string_view, 10> plain{"collections.OrderedDict",
                                                 "torch._utils._rebuild_tensor",
                                                 "torch._utils._rebuild_tensor_v2",
                                                 "torch._utils._rebuild_tensor_v3",
                                                 "torch._utils._rebuild_parameter",
                                                 "torch._utils._rebuild_parameter_with_state",
                                                 "torch.Size",
                                                 "torch.device",
                                                 "torch.storage.UntypedStorage",
                                                 "torch.UntypedStorage"};

template <class List>
const typed_name* find(const List& list, std::string_view name) {
  const auto at = std::find_if(list.begin(), list.end(),
                               [&](const typed_name& entry) { return entry.name == name; });
  return at == list.end() ? nullptr : &*at;
}

pickle_value& argument(const pickle_value& arguments, std::size_t i, kind what,
                       std::string_view of) {
  if (i >= arguments.items.size())
    throw std::runtime_error(fmt::format("{} with {} arguments", of, arguments.items.size()));
  pickle_value& value = *arguments.items[i];
  if (value.what != what)
    throw std::runtime_error(fmt::format("{} with {} as argument {}, not {}", of,
                                         name_of(value.what), i, name_of(what)));
  return value;
}

/// A tensor from storage, offset, extents, strides; further arguments by the version.
pickle_value rebuilt_tensor(const std::string& name, const pickle_value& arguments) {
  pickle_value t;
  t.what = kind::tensor;
  const pickle_value& storage = argument(arguments, 0, kind::storage, name);
  argument(arguments, 1, kind::integer, name);
  argument(arguments, 2, kind::tuple, name);
  argument(arguments, 3, kind::tuple, name);
  t.items.assign(arguments.items.begin(), arguments.items.begin() + 4);
  t.type = storage.type;
  std::size_t notes = 6;
  if (name.ends_with("_v3")) {
    const typed_name* dtype = find(dtypes, argument(arguments, 6, kind::global, name).text);
    if (dtype == nullptr) throw std::runtime_error(fmt::format("{} without a dtype", name));
    t.type = dtype->type;
    notes = 7;
  }
  if (arguments.items.size() > notes) {
    // Notes such as {"neg": True}: the numbers are not what the bytes say.
    const pickle_value& note = *arguments.items[notes];
    t.refused = note.what != kind::none && !(note.what == kind::dict && note.items.empty());
  }
  return t;
}

}  // namespace

std::string_view name_of(kind what) {
  constexpr std::array<std::string_view, 11> names{
      "None",   "a bool",           "an integer", "a text",   "a tuple",      "a list",
      "a dict", "a name of Python", "a storage",  "a tensor", "another value"};
  return names[static_cast<std::size_t>(what)];
}

pickle_value global_of(const std::string& module, const std::string& name) {
  pickle_value g;
  g.what = kind::global;
  g.text = module + "." + name;
  if (find(storages, g.text) != nullptr || find(dtypes, g.text) != nullptr ||
      std::find(plain.begin(), plain.end(), g.text) != plain.end())
    return g;
  const std::string shown = quote(g.text);
  if (module == "torch" && name.ends_with("Storage"))
    throw std::runtime_error(fmt::format(
        "{}: tensors of that element type are not read; convert them: t.float()", shown));
  const bool is_module = module.starts_with("torch.nn") || module == "__main__";
  throw std::runtime_error(fmt::format(
      "the name {} of Python, which is neither a tensor nor a plain value ({}); nothing of a file "
      "is executed. Save the weights alone, torch.save(model.state_dict(), FILE), or as "
      "safetensors, safetensors.torch.save_file(model.state_dict(), FILE)",
      shown,
      is_module ? "the file seems to hold a whole model" : "the file holds more than weights"));
}

call_result called(const pickle_value& function, const pickle_value& arguments) {
  if (function.what != kind::global || arguments.what != kind::tuple)
    throw std::runtime_error(
        fmt::format("a call of {} with {}", name_of(function.what), name_of(arguments.what)));
  const std::string& name = function.text;
  call_result result;
  if (name == "collections.OrderedDict") {
    if (!arguments.items.empty())
      throw std::runtime_error("an OrderedDict with arguments, which PyTorch does not write");
    result.made.what = kind::dict;
  } else if (name.starts_with("torch._utils._rebuild_tensor")) {
    result.made = rebuilt_tensor(name, arguments);
  } else if (name.starts_with("torch._utils._rebuild_parameter")) {
    result.known = &argument(arguments, 0, kind::tensor, name);
  } else if (name == "torch.Size") {
    result.known = &argument(arguments, 0, kind::tuple, name);
  } else if (name == "torch.device") {
    result.made.what = kind::other;
  } else {
    throw std::runtime_error(fmt::format("a call of {}", quote(name)));
  }
  return result;
}

pickle_value persistent(const pickle_value& id) {
  const std::string of = "a persistent id";
  if (id.what != kind::tuple) throw std::runtime_error(of + " that is no tuple");
  if (argument(id, 0, kind::text, of).text != "storage")
    throw std::runtime_error(of + " that is no storage");
  const std::string& name = argument(id, 1, kind::global, of).text;
  pickle_value s;
  s.what = kind::storage;
  s.untyped = name.ends_with("UntypedStorage");
  if (const typed_name* known = find(storages, name))
    s.type = known->type;
  else if (s.untyped)
    s.type = element_type::u8;
  else
    throw std::runtime_error(fmt::format("{} of the type {}", of, quote(name)));
  s.items = {&argument(id, 2, kind::text, of)};
  argument(id, 3, kind::text, of);
  s.integer = argument(id, 4, kind::integer, of).integer;
  if (s.integer < 0) throw std::runtime_error(fmt::format("a storage of {} elements", s.integer));
  return s;
}

}  // namespace tapeless::gen
