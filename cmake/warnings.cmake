# SPDX-License-Identifier: GPL-2.0-or-later
#
# Warnings for our own code; -DSKYPEFED_WERROR=ON makes them errors, as the tests do.

option(SKYPEFED_WERROR "Treat warnings as errors" OFF)

add_library(skypefed_warnings INTERFACE)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(skypefed_warnings INTERFACE -Wall -Wextra $<$<BOOL:${SKYPEFED_WERROR}>:-Werror>)
endif()
