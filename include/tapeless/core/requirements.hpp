#pragma once
// The oldest language and compilers, checked before any other code is read. After the sentence a
// header that does not exist ends the compilation: the thousands of errors that would follow say
// nothing.

#if !defined(__GNUC__) && !defined(__clang__)
#error "Tapeless needs g++ 12 or newer, or clang 18 or newer"
#include "the compilation ends here: see the sentence above"
#elif __cplusplus < 202002L
#error "Tapeless needs C++20: compile with -std=c++20 or newer"
#include "the compilation ends here: see the sentence above"
#elif defined(__clang__) && __clang_major__ < 18 && !defined(__apple_build_version__) || \
    defined(__apple_build_version__) && __clang_major__ < 17  // Apple counts in its own way
#error "Tapeless needs clang 18 or newer: older ones take no numbers of type double as template arguments"
#include "the compilation ends here: see the sentence above"
#elif !defined(__clang__) && __GNUC__ < 12
#error "Tapeless needs g++ 12 or newer"
#include "the compilation ends here: see the sentence above"
#endif
