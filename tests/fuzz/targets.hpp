#pragma once
// What the fuzzers and the test that replays their finds do with bytes. Whatever the bytes are,
// each function returns: errors are thrown and caught here, nothing is written.

#include <stdexcept>

#include "declare/import_model.hpp"
#include "header/header.hpp"
#include "inspect/inspect.hpp"
#include "model/model.hpp"
#include "model/work_limit.hpp"
#include "pt/pickle_value.hpp"
#include "pt/read_pt.hpp"

namespace fuzz {

/// Small bounds, so that what is slow or large shows early.
inline constexpr std::int64_t work = std::int64_t{1} << 20;
inline const std::filesystem::path no_folder = "/nonexistent";

/// An ONNX model: parsed, put in order, evaluated, declared, printed.
inline void onnx(std::span<const std::byte> bytes) {
  namespace gen = tapeless::gen;
  const gen::work_limit limit(work);
  try {
    const gen::model m = gen::parse_onnx(bytes, no_folder);
    gen::import_options options;
    // Symbols and shapes that are not known would hide all else.
    for (const gen::declared_value& v : m.inputs) {
      for (std::size_t i = 1; i < v.dims.size(); ++i)
        if (!v.dims[i].symbol.empty()) options.known.symbols[v.dims[i].symbol] = 3;
      if (!v.has_shape) options.known.shapes[v.name] = {1, 4};
    }
    gen::inspect(m, options);
    gen::header_options to;
    to.name = "net";
    to.file = "net.hpp";
    to.where = gen::weights_in::header;
    gen::header_files(m, gen::import_model(m, options), to);
  } catch (const std::runtime_error&) {
  } catch (const std::length_error&) {
  }
}

/// A file of torch.save, with and without entries that are no tensors.
inline void pt(std::span<const std::byte> bytes) {
  for (const bool skip : {false, true}) try {
      tapeless::gen::parse_pt(bytes, {{}, skip});
    } catch (const std::runtime_error&) {
    }
}

/// The pickle of such a file alone.
inline void pickle(std::span<const std::byte> bytes) {
  try {
    tapeless::gen::read_pickle({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  } catch (const std::runtime_error&) {
  }
}

/// A TensorProto.
inline void tensor(std::span<const std::byte> bytes) {
  const tapeless::gen::work_limit limit(work);
  try {
    tapeless::gen::parse_tensor(bytes, no_folder);
  } catch (const std::runtime_error&) {
  }
}

}  // namespace fuzz
