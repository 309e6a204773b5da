# SPDX-License-Identifier: GPL-2.0-or-later
#
# Plugin, programs and tests with the address and undefined behavior sanitizers, to run the tests with. Wireshark itself
# has none: the run-time library must be there before it, so the tests preload SKYPEFED_PRELOAD. Needs gcc.

option(SKYPEFED_SANITIZE "Build with the address and undefined behavior sanitizers" OFF)
if(NOT SKYPEFED_SANITIZE)
    return()
endif()
if(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
    message(FATAL_ERROR "SKYPEFED_SANITIZE needs gcc; with clang, the fuzzers have the sanitizers")
endif()
set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=undefined)
add_compile_options(${sanitizers} -fno-omit-frame-pointer)
add_link_options(${sanitizers})
execute_process(COMMAND "${CMAKE_C_COMPILER}" -print-file-name=libasan.so
    OUTPUT_VARIABLE SKYPEFED_PRELOAD OUTPUT_STRIP_TRAILING_WHITESPACE)
