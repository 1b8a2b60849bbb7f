#pragma once
// The names of Python that a pickle may hold, and what stands for a call of them.

#include "pt/pickle_value.hpp"

namespace tapeless::gen {

/// The value of a name. Errors: std::runtime_error for one that is not known: it names it and says
/// what to do instead.
pickle_value global_of(const std::string& module, const std::string& name);

/// A value that is there already, or a new one.
struct call_result {
  pickle_value* known = nullptr;
  pickle_value made;
};

/// What a call of a name with these arguments stands for. Errors: std::runtime_error.
call_result called(const pickle_value& function, const pickle_value& arguments);

/// What a persistent id stands for: a storage. Errors: std::runtime_error.
pickle_value persistent(const pickle_value& id);

}  // namespace tapeless::gen
