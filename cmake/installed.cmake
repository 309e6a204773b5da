# SPDX-License-Identifier: GPL-2.0-or-later
#
# The libraries of this machine.

# The oldest Wireshark whose interface the plugin knows (dissect/view/compat.h).
set(SKYPEFED_OLDEST_WIRESHARK 4.0)

find_package(Wireshark CONFIG QUIET)
if(NOT Wireshark_FOUND)
    message(FATAL_ERROR "The development files of Wireshark are missing (WiresharkConfig.cmake). Debian and Ubuntu have "
        "them in wireshark-dev, Fedora and openSUSE in wireshark-devel, Arch Linux in wireshark-cli. If they are "
        "elsewhere, name the folder with -DCMAKE_PREFIX_PATH=...")
endif()
set(found_wireshark "${Wireshark_MAJOR_VERSION}.${Wireshark_MINOR_VERSION}")
if(found_wireshark VERSION_LESS SKYPEFED_OLDEST_WIRESHARK)
    message(FATAL_ERROR "Wireshark ${found_wireshark} is too old: SkypeFed needs Wireshark "
        "${SKYPEFED_OLDEST_WIRESHARK} or later")
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(GLIB REQUIRED IMPORTED_TARGET GLOBAL glib-2.0)
option(SKYPEFED_GCRYPT "Verify with libgcrypt, where it is found, that media is SRTP" ON)
if(SKYPEFED_GCRYPT)
    pkg_check_modules(GCRYPT IMPORTED_TARGET GLOBAL libgcrypt)
endif()
if(NOT GCRYPT_FOUND)
    message(STATUS "Without libgcrypt, the plugin cannot verify that media is SRTP")
endif()
find_package(LibArchive)
if(LibArchive_FOUND)
    set_target_properties(LibArchive::LibArchive PROPERTIES IMPORTED_GLOBAL TRUE)
else()
    message(STATUS "Without libarchive, skypefed-log reads no archives, and of compressed logs those of gzip alone")
endif()
find_package(ZLIB REQUIRED)
set_target_properties(ZLIB::ZLIB PROPERTIES IMPORTED_GLOBAL TRUE)
