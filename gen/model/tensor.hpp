#pragma once
// Tensors as ONNX has them: a type, extents, elements in row-major order.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tapeless::gen {

/// Element types. The numbers are those of TensorProto.DataType.
enum class element : int {
  undefined = 0,
  f32 = 1,
  u8 = 2,
  i8 = 3,
  u16 = 4,
  i16 = 5,
  i32 = 6,
  i64 = 7,
  text = 8,
  boolean = 9,
  f16 = 10,
  f64 = 11,
  u32 = 12,
  u64 = 13,
  bf16 = 16
};

std::string_view name_of(element type);
/// Float types of any width.
bool is_float(element type);
/// Integers of any width; booleans are none.
bool is_integer(element type);

using dimensions = std::vector<std::int64_t>;

/// "[2, 3]".
std::string text_of(const dimensions& dims);

/// Number of elements. Errors: std::length_error above `most_elements` even without extents of 0,
/// above `most_axes_of_tensor`, or for a negative extent.
std::int64_t count_of(const dimensions& dims);
inline constexpr std::int64_t most_elements = std::int64_t{1} << 27;
inline constexpr std::size_t most_axes_of_tensor = 64;

/// A tensor. All numbers are kept in double: integers beyond 2^53 are rounded.
struct tensor {
  element type = element::f32;
  dimensions dims;
  std::vector<double> numbers;     ///< row-major; empty for texts
  bool literal = false;            ///< a number of a declaration, which an export wrote as it is
  std::vector<std::string> texts;  ///< of type `text` alone

  std::int64_t count() const { return count_of(dims); }
  int rank() const { return static_cast<int>(dims.size()); }
  /// Element i as an integer, saturated at the ends of the 64-bit range.
  std::int64_t integer(std::size_t i) const;
  /// All elements as integers.
  std::vector<std::int64_t> integers() const;
};

/// A tensor of zeros. Errors: std::length_error, see count_of and work_limit.
tensor zeros(element type, dimensions dims);
/// A number without axes.
tensor scalar(element type, double number);
/// A vector of 64-bit integers.
tensor vector_of(const std::vector<std::int64_t>& values);

/// A number as an element type holds it: rounded to float, wrapped or truncated to integers, 0
/// or 1.
double rounded_to(element type, double number);

/// Steps of a row-major layout.
std::vector<std::int64_t> strides_of(const dimensions& dims);

/// The axis counted from the front. Errors: refusal if the axis is outside [-rank, rank).
int axis_of(std::int64_t axis, int rank);

}  // namespace tapeless::gen
