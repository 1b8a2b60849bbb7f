// The instructions of a pickle that data needs.

#include <fmt/format.h>

#include <stdexcept>

#include "pt/pickle_bytes.hpp"
#include "pt/pickle_objects.hpp"
#include "pt/pickle_stack.hpp"

namespace tapeless::gen {

namespace {

using kind = pickle_value::kind;

/// A two's complement number of any length; what exceeds 64 bits is no size of anything.
void push_long(pickle_stack& to, std::string_view raw) {
  if (raw.size() > 8) return to.push(kind::other);
  std::uint64_t x = 0;
  for (std::size_t i = raw.size(); i-- > 0;) x = x << 8 | static_cast<unsigned char>(raw[i]);
  if (!raw.empty() && raw.size() < 8 && (raw.back() & 0x80) != 0) x |= ~0ull << (8 * raw.size());
  to.push(kind::integer, static_cast<std::int64_t>(x));
}

/// Numbers, None, and notes on the pickle itself.
bool plain(unsigned char code, pickle_bytes& in, pickle_stack& to) {
  switch (code) {
    case 0x80:  // PROTO
      if (const int version = in.number<std::uint8_t>(); version < 2 || version > 5)
        throw std::runtime_error(fmt::format("protocol {}, of 2 to 5", version));
      return true;
    case 0x95:  // FRAME
      return in.number<std::uint64_t>(), true;
    case 'N':
      return to.push(kind::none), true;
    case 0x88:  // NEWTRUE
    case 0x89:  // NEWFALSE
      return to.push(kind::boolean, code == 0x88), true;
    case 'J':  // BININT
      return to.push(kind::integer, in.number<std::int32_t>()), true;
    case 'K':  // BININT1
      return to.push(kind::integer, in.number<std::uint8_t>()), true;
    case 'M':  // BININT2
      return to.push(kind::integer, in.number<std::uint16_t>()), true;
    case 0x8a:  // LONG1
      return push_long(to, in.take(in.number<std::uint8_t>())), true;
    case 0x8b:  // LONG4
      return push_long(to, in.take(in.number<std::uint32_t>())), true;
    case 'G':  // BINFLOAT: nothing here needs it
      return in.take(8), to.push(kind::other), true;
    default:
      return false;
  }
}

bool text(unsigned char code, pickle_bytes& in, pickle_stack& to) {
  std::uint64_t size = 0;
  switch (code) {
    case 'X':  // BINUNICODE
    case 'T':  // BINSTRING, of Python 2
      size = in.number<std::uint32_t>();
      break;
    case 0x8c:  // SHORT_BINUNICODE
    case 'U':   // SHORT_BINSTRING
      size = in.number<std::uint8_t>();
      break;
    case 0x8d:  // BINUNICODE8
      size = in.number<std::uint64_t>();
      break;
    default:
      return false;
  }
  pickle_value v;
  v.what = kind::text;
  v.text = in.take(size);
  to.push(std::move(v));
  return true;
}

void push_popped(pickle_stack& to, std::size_t count) {
  std::vector<pickle_value*> items(count);
  while (count-- > 0) items[count] = to.pop();
  to.push_tuple(std::move(items));
}

bool container(unsigned char code, pickle_stack& to) {
  switch (code) {
    case '(':
      return to.mark(), true;
    case ')':
      return to.push(kind::tuple), true;
    case ']':
      return to.push(kind::list), true;
    case '}':
      return to.push(kind::dict), true;
    case 't':
      return to.push_tuple(to.after_mark()), true;
    case 0x85:  // TUPLE1 to TUPLE3
    case 0x86:
    case 0x87:
      return push_popped(to, code - 0x84u), true;
    case 'a': {
      pickle_value* item = to.pop();
      return to.extend(kind::list, {item}), true;
    }
    case 'e':
      return to.extend(kind::list, to.after_mark()), true;
    case 's': {
      pickle_value *value = to.pop(), *key = to.pop();
      return to.extend(kind::dict, {key, value}), true;
    }
    case 'u':
      return to.extend(kind::dict, to.after_mark()), true;
    default:
      return false;
  }
}

bool memory(unsigned char code, pickle_bytes& in, pickle_stack& to) {
  switch (code) {
    case 'q':
      return to.remember(in.number<std::uint8_t>()), true;
    case 'r':
      return to.remember(in.number<std::uint32_t>()), true;
    case 0x94:
      return to.remember(), true;
    case 'h':
      return to.recall(in.number<std::uint8_t>()), true;
    case 'j':
      return to.recall(in.number<std::uint32_t>()), true;
    case '0':
      return to.pop(), true;
    default:
      return false;
  }
}

void reduce(pickle_stack& to) {
  const pickle_value *arguments = to.pop(), *function = to.pop();
  call_result result = called(*function, *arguments);
  if (result.known != nullptr)
    to.push(result.known);
  else
    to.push(std::move(result.made));
}

bool object(unsigned char code, pickle_bytes& in, pickle_stack& to) {
  switch (code) {
    case 'c': {  // GLOBAL
      const std::string module = in.line(), name = in.line();
      return to.push(global_of(module, name)), true;
    }
    case 0x93: {  // STACK_GLOBAL
      const pickle_value *name = to.pop(), *module = to.pop();
      if (name->what != kind::text || module->what != kind::text)
        throw std::runtime_error("a name of Python that is no text");
      return to.push(global_of(module->text, name->text)), true;
    }
    case 'R':
      return reduce(to), true;
    case 'b':  // BUILD: attributes of a state_dict such as _metadata, which nothing here needs
      to.pop();
      if (to.top()->what != kind::dict)
        throw std::runtime_error(fmt::format("attributes of {}", name_of(to.top()->what)));
      return true;
    case 'Q': {  // BINPERSID
      const pickle_value* id = to.pop();
      return to.push(persistent(*id)), true;
    }
    default:
      return false;
  }
}

}  // namespace

pickled read_pickle(std::string_view bytes) {
  pickle_bytes in(bytes);
  pickle_stack to;
  std::size_t at = 0;
  try {
    while (true) {
      at = in.at();
      const auto code = in.number<std::uint8_t>();
      if (code == '.') {
        to.values.root = to.pop();
        return std::move(to.values);
      }
      if (!plain(code, in, to) && !text(code, in, to) && !container(code, to) &&
          !memory(code, in, to) && !object(code, in, to))
        throw std::runtime_error(fmt::format("the instruction {:#04x}, which is not read", code));
    }
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(fmt::format("data.pkl has at byte {} {}", at, e.what()));
  }
}

}  // namespace tapeless::gen
