#pragma once
// The oldest versions of the libraries of the host side, checked before they are used.

#include <fmt/core.h>

#include <tapeless/core/config.hpp>
#if __has_include(<nlohmann/detail/abi_macros.hpp>)
#include <nlohmann/detail/abi_macros.hpp>
#endif

#if FMT_VERSION < 90000
#error "Tapeless needs fmt 9 or newer"
#include "the compilation ends here: see the sentence above"
#endif
#if !defined(NLOHMANN_JSON_VERSION_MAJOR) || \
    NLOHMANN_JSON_VERSION_MAJOR * 100 + NLOHMANN_JSON_VERSION_MINOR < 311
#error "Tapeless needs nlohmann-json 3.11 or newer"
#include "the compilation ends here: see the sentence above"
#endif
