#include "model/proto.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <stdexcept>

#include <tapeless/io/half.hpp>

namespace tapeless::gen {

namespace {

/// Bytes of an element in raw data; 0 for types that have none.
std::size_t width_of(element type) {
  switch (type) {
    case element::u8:
    case element::i8:
    case element::boolean:
      return 1;
    case element::u16:
    case element::i16:
    case element::f16:
    case element::bf16:
      return 2;
    case element::f32:
    case element::i32:
    case element::u32:
      return 4;
    case element::f64:
    case element::i64:
    case element::u64:
      return 8;
    case element::text:
    case element::undefined:
      break;
  }
  return 0;
}

template <class T>
T load(const char* from) {
  T x;
  std::memcpy(&x, from, sizeof x);  // raw data is little-endian, as the hosts of this program are
  return x;
}
static_assert(std::endian::native == std::endian::little);

double number_at(element type, const char* at) {
  switch (type) {
    case element::u8:
      return static_cast<double>(load<std::uint8_t>(at));
    case element::i8:
      return static_cast<double>(load<std::int8_t>(at));
    case element::boolean:
      return load<std::uint8_t>(at) != 0 ? 1 : 0;
    case element::u16:
      return static_cast<double>(load<std::uint16_t>(at));
    case element::i16:
      return static_cast<double>(load<std::int16_t>(at));
    case element::f16:
      return static_cast<double>(float_from_f16(load<std::uint16_t>(at)));
    case element::bf16:
      return static_cast<double>(float_from_bf16(load<std::uint16_t>(at)));
    case element::f32:
      return static_cast<double>(load<float>(at));
    case element::i32:
      return static_cast<double>(load<std::int32_t>(at));
    case element::u32:
      return static_cast<double>(load<std::uint32_t>(at));
    case element::f64:
      return load<double>(at);
    case element::i64:
      return static_cast<double>(load<std::int64_t>(at));
    case element::u64:
      return static_cast<double>(load<std::uint64_t>(at));
    case element::text:
    case element::undefined:
      break;
  }
  return 0;
}

/// A tensor of raw bytes.
tensor from_bytes(element type, const dimensions& dims, std::string_view bytes,
                  const std::string& name) {
  const std::size_t width = width_of(type);
  const std::size_t expected = width * static_cast<std::size_t>(count_of(dims));
  if (bytes.size() != expected)
    throw std::runtime_error(fmt::format("tensor '{}' of {} {} has {} bytes of data, not {}", name,
                                         name_of(type), text_of(dims), bytes.size(), expected));
  tensor t = zeros(type, dims);
  for (std::size_t i = 0; i < t.numbers.size(); ++i)
    t.numbers[i] = number_at(t.type, bytes.data() + i * width);
  return t;
}

template <class Field, class Convert>
tensor from_field(element type, const dimensions& dims, const Field& field, const std::string& name,
                  Convert convert) {
  if (field.size() != count_of(dims))
    throw std::runtime_error(
        fmt::format("tensor '{}' of shape {} has {} elements", name, text_of(dims), field.size()));
  tensor t = zeros(type, dims);
  for (std::size_t i = 0; i < t.numbers.size(); ++i)
    t.numbers[i] = convert(field[static_cast<int>(i)]);
  return t;
}

/// A tensor of the field that holds numbers of its type.
tensor from_fields(element type, const dimensions& dims, const onnx::TensorProto& message) {
  const auto plain = [](auto x) { return static_cast<double>(x); };
  const auto fill = [&](const auto& field, auto convert) {
    return from_field(type, dims, field, message.name(), convert);
  };
  switch (type) {
    case element::f32:
      return fill(message.float_data(), plain);
    case element::f64:
      return fill(message.double_data(), plain);
    case element::i64:
      return fill(message.int64_data(), plain);
    case element::u32:
    case element::u64:
      return fill(message.uint64_data(), plain);
    case element::f16:
      return fill(message.int32_data(), [](std::int32_t bits) {
        return static_cast<double>(float_from_f16(static_cast<std::uint16_t>(bits)));
      });
    case element::bf16:
      return fill(message.int32_data(), [](std::int32_t bits) {
        return static_cast<double>(float_from_bf16(static_cast<std::uint16_t>(bits)));
      });
    default:
      return fill(message.int32_data(), plain);
  }
}

/// Replaces the number by the double that an export wrote beside the float, if the float is the
/// rounded double.
void take_exact_number(tensor& t, std::string_view text) {
  if (!text.starts_with(exact_number_prefix)) return;
  text.remove_prefix(exact_number_prefix.size());
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with("0x")) return;
  double exact = 0;
  const auto end = std::from_chars(text.data() + 2, text.data() + text.size(), exact,
                                   std::chars_format::hex);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return;
  if (negative) exact = -exact;
  if (static_cast<double>(static_cast<float>(exact)) != t.numbers[0]) return;
  t.numbers[0] = exact;
  t.literal = true;
}

/// The tensor with its numbers. What it has is compared with its shape before memory is taken.
tensor filled(const onnx::TensorProto& message, element type, const dimensions& dims,
              std::uint64_t count, const std::filesystem::path& folder) {
  if (type == element::text) {
    if (static_cast<std::uint64_t>(message.string_data_size()) != count)
      throw std::runtime_error(fmt::format("tensor '{}' of shape {} has {} texts", message.name(),
                                           text_of(dims), message.string_data_size()));
    tensor t = zeros(type, dims);
    t.texts.assign(message.string_data().begin(), message.string_data().end());
    return t;
  }
  if (message.data_location() == onnx::TensorProto::EXTERNAL) {
    const std::string bytes = external_bytes(message, folder, width_of(type) * count);
    return from_bytes(type, dims, bytes, message.name());
  }
  tensor t = message.has_raw_data() ? from_bytes(type, dims, message.raw_data(), message.name())
                                    : from_fields(type, dims, message);
  if (type == element::f32 && count == 1) take_exact_number(t, message.doc_string());
  return t;
}

}  // namespace

tensor tensor_of(const onnx::TensorProto& message, const std::filesystem::path& folder) {
  const int code = message.data_type();
  const auto type = static_cast<element>(code);
  if (name_of(type) == name_of(element::undefined))
    throw std::runtime_error(fmt::format("tensor '{}' has element type {}, which is not supported",
                                         message.name(), code));
  if (message.has_segment())
    throw std::runtime_error(fmt::format("tensor '{}' is stored in segments", message.name()));
  const dimensions dims(message.dims().begin(), message.dims().end());
  try {
    return filled(message, type, dims, static_cast<std::uint64_t>(count_of(dims)), folder);
  } catch (const std::length_error& e) {
    throw std::runtime_error(fmt::format("tensor '{}': {}", message.name(), e.what()));
  }
}

attribute attribute_of(const onnx::AttributeProto& message, const std::filesystem::path& folder) {
  attribute a;
  using type = onnx::AttributeProto;
  switch (message.type()) {
    case type::INT:
      a.what = attribute::kind::integer;
      a.integer = message.i();
      break;
    case type::FLOAT:
      a.what = attribute::kind::number;
      a.number = static_cast<double>(message.f());
      break;
    case type::STRING:
      a.what = attribute::kind::text;
      a.text = message.s();
      break;
    case type::TENSOR:
      a.what = attribute::kind::tensor;
      a.value = tensor_of(message.t(), folder);
      break;
    case type::INTS:
      a.what = attribute::kind::integers;
      a.integers.assign(message.ints().begin(), message.ints().end());
      break;
    case type::FLOATS:
      a.what = attribute::kind::numbers;
      for (const float x : message.floats()) a.numbers.push_back(static_cast<double>(x));
      break;
    case type::STRINGS:
      a.what = attribute::kind::texts;
      a.texts.assign(message.strings().begin(), message.strings().end());
      break;
    default:
      break;  // graphs, sparse tensors: operators with those are not supported
  }
  return a;
}

std::string domain_of(const std::string& domain) { return domain == "ai.onnx" ? "" : domain; }

node node_of(const onnx::NodeProto& message, const std::filesystem::path& folder) {
  node n;
  n.name = message.name();
  n.domain = domain_of(message.domain());
  n.operation = message.op_type();
  n.inputs.assign(message.input().begin(), message.input().end());
  n.outputs.assign(message.output().begin(), message.output().end());
  for (const onnx::AttributeProto& a : message.attribute())
    if (!n.attributes.insert({a.name(), attribute_of(a, folder)}).second)
      throw std::runtime_error(
          fmt::format("node '{}' has the attribute '{}' twice", n.label(), a.name()));
  return n;
}

std::map<std::string, std::int64_t> opsets_of(
    const google::protobuf::RepeatedPtrField<onnx::OperatorSetIdProto>& imports) {
  std::map<std::string, std::int64_t> opsets;
  for (const onnx::OperatorSetIdProto& import : imports)
    opsets[domain_of(import.domain())] = import.version();
  return opsets;
}

}  // namespace tapeless::gen
