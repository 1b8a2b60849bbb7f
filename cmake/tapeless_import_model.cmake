# tapeless_import_model(TARGET target MODEL file [NAME name] [NAMESPACE names] [WEIGHTS place]
#                       [OPTIONS option...])
#
# Makes a header NAME.hpp of an ONNX model when the target is built, and again when the model, its
# external data or tapeless-gen has changed. The target's sources write `#include "NAME.hpp"`.
#
#   TARGET     an executable or library of the same folder
#   MODEL      the .onnx file; relative to the current source folder
#   NAME       name of the network, its header and NAME_weights; the model's file name unless given
#   NAMESPACE  namespace around the network
#   WEIGHTS    header, blob, object or external; blob with g++ and clang on ELF systems, else object
#   OPTIONS    further options of `tapeless-gen import`: --dim seq=16 --constant mask=1
function(tapeless_import_model)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;MODEL;NAME;NAMESPACE;WEIGHTS" "OPTIONS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "tapeless_import_model: what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  if(NOT TARGET "${arg_TARGET}" OR NOT arg_MODEL)
    message(FATAL_ERROR "tapeless_import_model: give TARGET, which exists, and MODEL")
  endif()
  if(NOT TAPELESS_GEN)
    message(FATAL_ERROR "tapeless_import_model: tapeless-gen was not found; install it or set "
      "TAPELESS_GEN to its path")
  endif()

  get_filename_component(model "${arg_MODEL}" ABSOLUTE)
  if(NOT arg_NAME)
    get_filename_component(stem "${model}" NAME_WLE)
    string(MAKE_C_IDENTIFIER "${stem}" arg_NAME)
  endif()
  if(NOT arg_WEIGHTS)
    set(arg_WEIGHTS object)
    if(UNIX AND NOT APPLE AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
      set(arg_WEIGHTS blob)
    endif()
  endif()

  # A folder for each target: no two of them write the same file at the same time.
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/tapeless_models/${arg_TARGET}")
  file(MAKE_DIRECTORY "${folder}")
  set(header "${folder}/${arg_NAME}.hpp")
  set(files "${header}")
  if(arg_WEIGHTS STREQUAL "blob")
    list(APPEND files "${header}.weights")
  elseif(arg_WEIGHTS STREQUAL "object")
    list(APPEND files "${header}.weights.cpp")
  elseif(arg_WEIGHTS STREQUAL "external")
    list(APPEND files "${folder}/${arg_NAME}.safetensors")
  elseif(NOT arg_WEIGHTS STREQUAL "header")
    message(FATAL_ERROR "tapeless_import_model: WEIGHTS is header, blob, object or external, not "
      "'${arg_WEIGHTS}': the files of a build are known before it runs")
  endif()
  set(options --name "${arg_NAME}" --weights "${arg_WEIGHTS}")
  if(arg_NAMESPACE)
    list(APPEND options --namespace "${arg_NAMESPACE}")
  endif()

  add_custom_command(OUTPUT ${files}
    COMMAND "${TAPELESS_GEN}" import "${model}" -o "${header}" --depfile "${header}.d" ${options}
      ${arg_OPTIONS}
    DEPENDS "${model}" "${TAPELESS_GEN}"
    DEPFILE "${header}.d"
    COMMENT "Importing ${arg_MODEL}"
    VERBATIM)
  target_sources(${arg_TARGET} PRIVATE ${files})
  target_include_directories(${arg_TARGET} PRIVATE "${folder}")
endfunction()
