#include "model/arrays.hpp"

#include <cstring>

namespace tapeless::gen {

namespace {

element element_of(element_type type) {
  switch (type) {
    case element_type::f64:
      return element::f64;
    case element_type::f32:
      return element::f32;
    case element_type::f16:
      return element::f16;
    case element_type::bf16:
      return element::bf16;
    case element_type::i64:
      return element::i64;
    case element_type::u64:
      return element::u64;
    case element_type::i32:
      return element::i32;
    case element_type::u32:
      return element::u32;
    case element_type::i16:
      return element::i16;
    case element_type::u16:
      return element::u16;
    case element_type::i8:
      return element::i8;
    case element_type::u8:
      return element::u8;
    case element_type::boolean:
      break;
  }
  return element::boolean;
}

template <class T>
void append(byte_buffer& to, T x) {
  const auto* bytes = reinterpret_cast<const std::byte*>(&x);
  to.insert(to.end(), bytes, bytes + sizeof x);
}

}  // namespace

tensor tensor_of(const array_data& array) {
  tensor t = zeros(element_of(array.type), array.shape);
  for (std::size_t i = 0; i < t.numbers.size(); ++i) t.numbers[i] = array.at(i);
  return t;
}

array_data array_of(const tensor& t, bool wide) {
  array_data a;
  a.type = wide ? element_type::f64 : element_type::f32;
  a.shape = t.dims;
  for (const double x : t.numbers) {
    if (wide)
      append(a.content, x);
    else
      append(a.content, static_cast<float>(x));
  }
  return a;
}

}  // namespace tapeless::gen
