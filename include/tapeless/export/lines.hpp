#pragma once
// Indented lines of C.

#include <string>
#include <tapeless/core/config.hpp>
#include <utility>

namespace tapeless::detail {

/// Text line by line.
class c_lines {
 public:
  TAPELESS_NATIVE explicit c_lines(std::string indent = {}) : indent_{std::move(indent)} {}
  TAPELESS_NATIVE void line(const std::string& text) { out_ += indent_ + text + "\n"; }
  TAPELESS_NATIVE void open(const std::string& text = "") {
    line(text.empty() ? "{" : text + " {");
    indent_ += "  ";
  }
  TAPELESS_NATIVE void close() {
    indent_.resize(indent_.size() - 2);
    line("}");
  }
  TAPELESS_NATIVE void append(const std::string& text) { out_ += text; }
  TAPELESS_NATIVE const std::string& indent() const { return indent_; }
  TAPELESS_NATIVE const std::string& str() const { return out_; }

 private:
  std::string indent_, out_;
};

}  // namespace tapeless::detail
