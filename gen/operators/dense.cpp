#include "operators/dense.hpp"

#include "model/names.hpp"

namespace tapeless::gen {

namespace {

/// The layer's name: that of its weights without "weight" at its end.
std::string layer_name(lowering& l, const std::string& weights) {
  std::string name = weights;
  for (const char* end : {".weight", "_weight", ".W", "/MatMul", ".kernel"})
    if (name.size() > std::string(end).size() && name.ends_with(end)) {
      name.resize(name.size() - std::string(end).size());
      break;
    }
  const std::string path = l.parameter_path(name + ".weight");
  // A path that was taken got a number at its end.
  const std::size_t end = path.rfind(".weight");
  return path.substr(0, end) + path.substr(end + 7);
}

}  // namespace

int dense(lowering& l, const term& x, const tensor& weights, const tensor* bias,
          const std::string& name) {
  statement s;
  s.what = statement::kind::dense;
  s.operands = {{x.statement}};
  s.dims = {weights.dims[0]};
  s.name = layer_name(l, name);
  s.weight = l.to.add_weight({s.name + ".weight", weights.dims, weights.numbers, true});
  if (bias != nullptr)
    s.bias = l.to.add_weight({s.name + ".bias", {weights.dims[0]}, bias->numbers, true});
  return l.to.add(std::move(s));
}

void lower_dense(lowering& l, const term& x, const tensor& weights, const tensor* bias,
                 const std::string& name) {
  l.out(0, dense(l, x, weights, bias, name), x.sample);
}

statement* sole_dense(lowering& l, std::size_t i) {
  const known_value& v = l.value(i);
  if (!v.declared || v.uses != 1) return nullptr;
  statement& s = l.to[v.declared->statement];
  return s.what == statement::kind::dense ? &s : nullptr;
}

namespace {

/// Gives a layer without a name of its own that of its bias.
void name_after_bias(lowering& l, statement& s, const std::string& bias) {
  if (is_meaningful(s.name) || !bias.ends_with(".bias") || !is_meaningful(bias)) return;
  const std::string name = layer_name(l, bias.substr(0, bias.size() - 5) + ".weight");
  s.name = name;
  l.to.weights[static_cast<std::size_t>(s.weight)].path = name + ".weight";
}

}  // namespace

bool add_as_bias(lowering& l) {
  for (const std::size_t product : {std::size_t{0}, std::size_t{1}}) {
    const std::size_t other = 1 - product;
    const tensor* bias = l.constant(other);
    statement* s = bias != nullptr ? sole_dense(l, product) : nullptr;
    if (s == nullptr || s->bias >= 0 || !is_float(bias->type)) continue;
    if (bias->count() != s->dims[0] || (bias->rank() > 0 && bias->dims.back() != s->dims[0]))
      continue;
    if (l.out_dims() != l.dims(product)) continue;
    name_after_bias(l, *s, l.value(other).origin);
    s->bias = l.to.add_weight({s->name + ".bias", s->dims, bias->numbers, true});
    l.out(0, *l.value(product).declared);
    return true;
  }
  return false;
}

}  // namespace tapeless::gen
