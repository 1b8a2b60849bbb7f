#pragma once
// The parameters of a network: one aligned struct, packed for the kernels, seen as PyTorch sees it.

#include <cstdint>
#include <tapeless/run/network.hpp>

namespace tapeless {

/// One parameter as the outside sees it.
struct parameter_info {
  path name;
  shape dims;  ///< PyTorch's orientation: a weight is {outputs, inputs}
  strided at;  ///< where its elements lie in `parameters::data`
  bool trainable = true;
  initializer init;

  /// Position of element `flat` (row-major) in `data`.
  TAPELESS_NATIVE constexpr int position(int flat) const {
    return detail::offset_of(at, dims, 0, flat);
  }
};

namespace detail {

template <class Net>
struct parameter_table {
  static constexpr int count = [] {
    int n = 0;
    for (const tensor& t : declared<Net>.tensors) n += t.where == place::parameters;
    return n;
  }();
  parameter_info of[count > 0 ? count : 1] = {};
  int size = 0;
  int scalars = 0;

  consteval parameter_table() {
    const auto& g = declared<Net>;
    const auto block = parameter_offsets(g);
    size = block.size;
    int n = 0;
    for (int i = 0; i < std::remove_cvref_t<decltype(g)>::tensor_count; ++i) {
      const tensor& t = g.tensors[i];
      if (t.where != place::parameters) continue;
      strided at = tensor_strides(t);
      at.offset = block.offset[i];
      of[n++] = {t.name, t.dims, at, t.trainable, t.init};
      scalars += t.dims.count();
    }
  }
  TAPELESS_NATIVE constexpr const parameter_info& operator[](int i) const { return of[i]; }
  TAPELESS_NATIVE static constexpr int length() { return count; }
  TAPELESS_NATIVE constexpr const parameter_info* begin() const { return of; }
  TAPELESS_NATIVE constexpr const parameter_info* end() const { return of + count; }
  TAPELESS_NATIVE constexpr int find(std::string_view name) const {
    for (int i = 0; i < count; ++i)
      if (of[i].name.view() == name) return i;
    return -1;
  }
};

// Holds addresses of functions that draw: the source's own.
template <class Net>
TAPELESS_NATIVE inline constexpr parameter_table<Net> parameters_of{};

}  // namespace detail

/// Typed view of one parameter: `w(output, input)`.
template <class T, shape Dims, strided At>
class tensor_view {
 public:
  static constexpr shape dims = Dims;
  TAPELESS_NATIVE constexpr explicit tensor_view(T* data) : data_{data} {}

  /// Element by its indices, outermost first.
  template <class... Index>
  TAPELESS_NATIVE constexpr T& operator()(Index... index) const {
    static_assert(sizeof...(Index) == static_cast<std::size_t>(Dims.rank),
                  "Tapeless: a parameter takes one index per axis");
    int o = At.offset, axis = 0;
    ((o += static_cast<int>(index) * At.stride[axis++]), ...);
    return data_[o];
  }
  /// Element `flat` in row-major order.
  TAPELESS_NATIVE constexpr T& operator[](int flat) const {
    return data_[detail::offset_of(At, Dims, 0, flat)];
  }
  TAPELESS_NATIVE static constexpr int size() { return Dims.count(); }

 private:
  T* data_;
};

/// Everything a network learns. Trivially copyable; padding is always zero, so that the whole block
/// can be compared, hashed and summed.
template <class Net, class T = float>
struct parameters {
  static_assert(std::is_floating_point_v<T>,
                "Tapeless: the scalars of a network are float or double");
  using network = Net;
  using scalar = T;
  static constexpr int size = detail::parameters_of<Net>.size;             ///< of the packed block
  static constexpr int scalar_count = detail::parameters_of<Net>.scalars;  ///< without padding

  alignas(64) T data[size > 0 ? size : 1] = {};

  TAPELESS_NATIVE constexpr parameters() = default;

  /// All parameters in the order of declaration.
  TAPELESS_NATIVE static constexpr const auto& tensors() { return detail::parameters_of<Net>; }

  TAPELESS_NATIVE constexpr T get(int tensor, int flat) const {
    return data[tensors().of[tensor].position(flat)];
  }
  TAPELESS_NATIVE constexpr void set(int tensor, int flat, T v) {
    data[tensors().of[tensor].position(flat)] = v;
  }

  /// The parameter of a path such as "0.weight".
  template <fixed_string Path>
  TAPELESS_NATIVE constexpr auto view() {
    constexpr parameter_info p = tensors().of[known<Path>()];
    return tensor_view<T, p.dims, p.at>{data};
  }
  template <fixed_string Path>
  TAPELESS_NATIVE constexpr auto view() const {
    constexpr parameter_info p = tensors().of[known<Path>()];
    return tensor_view<const T, p.dims, p.at>{data};
  }

  /// Sets the parameter of a path to numbers in row-major order, in PyTorch's orientation. Another
  /// count than the parameter has does not compile.
  template <fixed_string Path, class U, std::size_t Count>
  TAPELESS_NATIVE constexpr void assign(const U (&numbers)[Count]) {
    constexpr parameter_info p = tensors().of[known<Path>()];
    static_assert(Count == static_cast<std::size_t>(p.dims.count()),
                  "Tapeless: the array has as many numbers as the parameter has elements");
    // Rows apart: an index divided by every extent would cost most of a constant expression.
    constexpr int columns = p.dims.rank > 0 ? p.dims[p.dims.rank - 1] : 1;
    constexpr int step = p.dims.rank > 0 ? p.at.stride[p.dims.rank - 1] : 0;
    for (int first = 0; first < p.dims.count(); first += columns) {
      T* to = data + p.position(first);
      for (int i = 0; i < columns; ++i) to[i * step] = static_cast<T>(numbers[first + i]);
    }
  }

 private:
  template <fixed_string Path>
  static consteval int known() {
    constexpr int i = tensors().find(Path.view());
    if constexpr (i < 0) {
      constexpr auto where = [] { return path{Path.view()}; };
      detail::explain<Net, problem::unknown_parameter_path,
                      detail::spelled<std::remove_const_t<decltype(where)>>, shape{}, shape{}>();
    }
    return i < 0 ? 0 : i;
  }
};

}  // namespace tapeless
