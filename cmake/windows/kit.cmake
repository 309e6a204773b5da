# SPDX-License-Identifier: GPL-2.0-or-later
#
# Instead of an installed Wireshark and GLib: those of the kit that fetch.sh and glib.sh made.
#
#   SKYPEFED_WINDOWS_KIT        the kit
#   SKYPEFED_WINDOWS_WIRESHARK  X.Y: build the plugin for this version. It imports from the DLLs of Wireshark, whose
#                               functions move between them from version to version.
#                               Empty: build skypefed-log.exe and the unit tests, with a GLib inside.

set(SKYPEFED_WINDOWS_WIRESHARK "" CACHE STRING "Version of Wireshark, X.Y, or nothing for the programs")

# The oldest GLib that a Wireshark for Windows has is not known for all versions; Wireshark 4.0 asks for less than this.
add_compile_definitions(GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_66 GLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_66)
# What Windows 8.1 has, the oldest that these versions of Wireshark run on. printf() is that of C11.
add_compile_definitions(_WIN32_WINNT=0x0603 __USE_MINGW_ANSI_STDIO=0)

add_library(skypefed_glib INTERFACE)
add_library(PkgConfig::GLIB ALIAS skypefed_glib)
target_include_directories(skypefed_glib SYSTEM INTERFACE "${SKYPEFED_WINDOWS_KIT}/glib/include")

if(SKYPEFED_WINDOWS_WIRESHARK)
    set(version_folder "${SKYPEFED_WINDOWS_KIT}/${SKYPEFED_WINDOWS_WIRESHARK}")
    string(REPLACE "." ";" version_parts "${SKYPEFED_WINDOWS_WIRESHARK}")
    list(GET version_parts 0 Wireshark_MAJOR_VERSION)
    list(GET version_parts 1 Wireshark_MINOR_VERSION)
    set(Wireshark_INCLUDE_DIR "${version_folder}/include")
    set(Wireshark_PLUGIN_INSTALL_DIR "plugins/${SKYPEFED_WINDOWS_WIRESHARK}")
    target_link_libraries(skypefed_glib INTERFACE "${version_folder}/glib-2.0-0.dll.a")
    foreach(row epan:libwireshark wiretap:libwiretap wsutil:libwsutil)
        string(REPLACE ":" ";" row "${row}")
        list(GET row 0 target)
        list(GET row 1 dll)
        add_library(${target} INTERFACE)
        target_include_directories(${target} SYSTEM INTERFACE "${Wireshark_INCLUDE_DIR}")
        target_link_libraries(${target} INTERFACE "${version_folder}/${dll}.dll.a")
    endforeach()
    target_link_libraries(epan INTERFACE wiretap wsutil skypefed_glib ws2_32)
else()
    target_compile_definitions(skypefed_glib INTERFACE GLIB_STATIC_COMPILATION)
    target_link_libraries(skypefed_glib INTERFACE "${SKYPEFED_WINDOWS_KIT}/glib/libglib.a"
        ws2_32 ole32 winmm shlwapi uuid iphlpapi ntdll)
endif()

# Of libgcrypt the headers alone: the plugin finds the functions in Wireshark's own libgcrypt-20.dll while it runs. Beside
# them in the package libgcrypt-mingw-w64-dev lie headers that are not for this run-time.
set(gcrypt_include "${CMAKE_BINARY_DIR}/gcrypt/include")
file(COPY /usr/x86_64-w64-mingw32/include/gcrypt.h /usr/x86_64-w64-mingw32/include/gpg-error.h
    DESTINATION "${gcrypt_include}")
add_library(skypefed_gcrypt INTERFACE)
add_library(PkgConfig::GCRYPT ALIAS skypefed_gcrypt)
target_include_directories(skypefed_gcrypt SYSTEM INTERFACE "${gcrypt_include}")
target_compile_definitions(skypefed_gcrypt INTERFACE SF_LOADS_GCRYPT)

# Of the package libz-mingw-w64-dev; the library that becomes part of the program, not the one for a DLL.
find_library(SKYPEFED_WINDOWS_ZLIB libz.a REQUIRED)
add_library(skypefed_zlib INTERFACE)
add_library(ZLIB::ZLIB ALIAS skypefed_zlib)
target_link_libraries(skypefed_zlib INTERFACE "${SKYPEFED_WINDOWS_ZLIB}")

# windows_imports(TARGET [LIBRARIES...]): after linking, no other DLLs may be imported from than those of Windows and
# the Universal C Runtime, and of these libraries no other names than they export.
function(windows_imports target)
    set(exports)
    if(SKYPEFED_WINDOWS_WIRESHARK)
        set(exports "${version_folder}/exports")
    endif()
    add_custom_command(TARGET ${target} POST_BUILD
        COMMAND sh "${PROJECT_SOURCE_DIR}/cmake/windows/imports.sh" "$<TARGET_FILE:${target}>" ${exports}
        VERBATIM)
endfunction()
