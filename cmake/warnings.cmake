# SPDX-License-Identifier: GPL-2.0-or-later
#
# Warnings for our own code; -DSKYPEFED_WERROR=ON makes them errors, as the tests do. The plugin and skypefed-log have to
# be clean of more than the tests, whose tables use what GNU C and GLib's macros offer.

option(SKYPEFED_WERROR "Treat warnings as errors" OFF)

add_library(skypefed_warnings INTERFACE)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(skypefed_warnings INTERFACE -Wall -Wextra $<$<BOOL:${SKYPEFED_WERROR}>:-Werror>)
endif()

add_library(skypefed_strict_warnings INTERFACE)
target_link_libraries(skypefed_strict_warnings INTERFACE skypefed_warnings)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(skypefed_strict_warnings INTERFACE -Wconversion -Wshadow -Wmissing-prototypes -Wpedantic)
endif()
