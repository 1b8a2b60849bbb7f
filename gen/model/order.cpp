#include "model/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace tapeless::gen {

namespace {

/// Which node computes a value.
std::unordered_map<std::string, std::size_t> producers_of(const model& m) {
  std::unordered_map<std::string, std::size_t> producers;
  std::set<std::string> given;
  for (const declared_value& v : m.inputs)
    if (!given.insert(v.name).second)
      throw std::runtime_error(fmt::format("input '{}' occurs twice", v.name));
  for (std::size_t i = 0; i < m.nodes.size(); ++i)
    for (const std::string& name : m.nodes[i].outputs) {
      if (name.empty()) continue;
      if (given.count(name) > 0 || m.initializers.count(name) > 0 ||
          !producers.insert({name, i}).second)
        throw std::runtime_error(fmt::format("value '{}' is given or computed twice", name));
    }
  return producers;
}

/// Depth-first from the outputs, with a stack of its own: graphs may be deep.
class sorter {
 public:
  sorter(const model& m) : m_{m}, producers_{producers_of(m)}, state_(m.nodes.size(), fresh) {
    for (const declared_value& v : m.inputs) given_.insert(v.name);
  }

  void visit(const std::string& output) {
    std::vector<frame> stack;
    enter(stack, output);
    while (!stack.empty()) {
      frame& top = stack.back();
      const node& n = m_.nodes[top.node];
      if (top.next < n.inputs.size()) {
        enter(stack, n.inputs[top.next++]);
      } else {
        state_[top.node] = done;
        order.push_back(top.node);
        stack.pop_back();
      }
    }
  }

  std::vector<std::size_t> order;
  std::set<std::string> read;  ///< inputs and initializers

 private:
  enum status : char { fresh, open, done };
  struct frame {
    std::size_t node, next;
  };

  void enter(std::vector<frame>& stack, const std::string& name) {
    if (name.empty()) return;
    if (given_.count(name) > 0 || m_.initializers.count(name) > 0) {
      read.insert(name);
      return;
    }
    const auto at = producers_.find(name);
    if (at == producers_.end())
      throw std::runtime_error(
          fmt::format("value '{}' is neither an input, nor an initializer, nor computed", name));
    if (state_[at->second] == open)
      throw std::runtime_error(fmt::format("value '{}' depends on itself", name));
    if (state_[at->second] == done) return;
    state_[at->second] = open;
    stack.push_back({at->second, 0});
  }

  const model& m_;
  std::unordered_map<std::string, std::size_t> producers_;
  std::vector<status> state_;
  std::set<std::string> given_;
};

}  // namespace

namespace {

/// Whether each of these nodes comes after those that compute its inputs.
bool is_ordered(const model& m, const std::vector<std::size_t>& order) {
  std::set<std::string> computed, later;
  for (const std::size_t i : order)
    for (const std::string& name : m.nodes[i].outputs) later.insert(name);
  for (const std::size_t i : order) {
    for (const std::string& name : m.nodes[i].inputs)
      if (later.count(name) > 0 && computed.count(name) == 0) return false;
    computed.insert(m.nodes[i].outputs.begin(), m.nodes[i].outputs.end());
  }
  return true;
}

}  // namespace

void put_in_order(model& m) {
  sorter s(m);
  for (const declared_value& v : m.outputs) s.visit(v.name);
  // The order of the file is kept where it is one: the declaration then reads as the model does.
  std::vector<std::size_t> as_in_file = s.order;
  std::sort(as_in_file.begin(), as_in_file.end());
  if (is_ordered(m, as_in_file)) s.order = std::move(as_in_file);
  std::vector<node> nodes;
  nodes.reserve(s.order.size());
  for (const std::size_t i : s.order) nodes.push_back(std::move(m.nodes[i]));
  m.nodes = std::move(nodes);
  std::erase_if(m.inputs, [&](const declared_value& v) { return s.read.count(v.name) == 0; });
  std::erase_if(m.initializers, [&](const auto& t) { return s.read.count(t.first) == 0; });
}

}  // namespace tapeless::gen
