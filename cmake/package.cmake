# SPDX-License-Identifier: GPL-2.0-or-later
#
# Packages: `cpack` in the build folder makes a Debian package for everybody on a machine; the target `tarball` an
# archive with which a user installs the plugin for themselves.

# What a package is for: only the Wireshark it was built with can load the plugin.
set(wireshark "${Wireshark_MAJOR_VERSION}.${Wireshark_MINOR_VERSION}")

set(CPACK_PACKAGE_NAME skypefed)
set(CPACK_PACKAGE_VENDOR "SkypeFed")
set(CPACK_PACKAGE_CONTACT "SkypeFed developers <skypefed@example.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Wireshark plugin for the SIP signaling of Lync, Skype for Business and Teams")
set(CPACK_PACKAGE_DESCRIPTION "\
SkypeFed decodes the Microsoft parameters, headers, bodies and SDP attributes
of SIP messages into filter fields, follows offers and answers, shows for each
call whether the media is encrypted, and explains diagnostics codes in plain
words. The program skypefed-log turns logs of clients and servers into
captures.")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)

# The package that has the library which the plugin loads into. Its name has the version of the interface, and the
# dependency the minor version, because the folder of the plugins has it too.
math(EXPR next_minor "${Wireshark_MINOR_VERSION} + 1")
find_program(DPKG_QUERY dpkg-query)
if(DPKG_QUERY AND TARGET epan)
    get_target_property(library epan IMPORTED_LOCATION_RELWITHDEBINFO)
    foreach(config NONE RELEASE NOCONFIG)
        if(NOT library)
            get_target_property(library epan IMPORTED_LOCATION_${config})
        endif()
    endforeach()
    if(library)
        get_filename_component(library "${library}" REALPATH)
        execute_process(COMMAND ${DPKG_QUERY} -S "${library}" OUTPUT_VARIABLE owner ERROR_QUIET)
    endif()
    if(owner MATCHES "^([^:,]+)")
        set(CPACK_DEBIAN_PACKAGE_DEPENDS
            "${CMAKE_MATCH_1} (>= ${wireshark}~), ${CMAKE_MATCH_1} (<< ${Wireshark_MAJOR_VERSION}.${next_minor}~)")
    endif()
endif()
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_VERSION "${PROJECT_VERSION}+wireshark${wireshark}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_ENHANCES "wireshark, tshark")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "tshark | wireshark")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# Debian has the text of the license once for all, and reads its own form of a list of changes.
set(documents "${CMAKE_INSTALL_DATADIR}/doc/skypefed")
find_program(GZIP gzip)
if(owner AND GZIP)
    string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
    set(changes "${PROJECT_BINARY_DIR}/debian/changelog")
    file(WRITE "${changes}" "skypefed (${CPACK_DEBIAN_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
        "  * Version ${PROJECT_VERSION}; its CHANGELOG.md has the changes.\n\n"
        " -- ${CPACK_PACKAGE_CONTACT}  ${now}\n")
    execute_process(COMMAND ${GZIP} -9nf "${changes}" COMMAND_ERROR_IS_FATAL ANY)
    install(FILES "${changes}.gz" DESTINATION "${documents}" COMPONENT Unspecified)
    install(FILES "${PROJECT_SOURCE_DIR}/cmake/packaging/debian-copyright" DESTINATION "${documents}"
            RENAME copyright COMPONENT Unspecified)
else()
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${documents}" RENAME copyright COMPONENT Unspecified)
endif()
include(CPack)

# The archive for a user.
string(TOLOWER "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" system)
set(archive "skypefed-${PROJECT_VERSION}-wireshark-${wireshark}-${system}")
set(stage "${PROJECT_BINARY_DIR}/tarball/${archive}")
set(packaging "${PROJECT_SOURCE_DIR}/cmake/packaging")
set(more_commands)
if(TARGET skypefed_reader)
    list(APPEND more_commands
        COMMAND ${CMAKE_COMMAND} -E make_directory "${stage}/wiretap"
        COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:skypefed_reader> "${stage}/wiretap")
endif()
if(TARGET skypefed-log-plain)
    list(APPEND more_commands
        COMMAND ${CMAKE_COMMAND} -E make_directory "${stage}/bin/plain"
        COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:skypefed-log-plain> "${stage}/bin/plain")
endif()
add_custom_target(tarball
    COMMAND ${CMAKE_COMMAND} -E rm -rf "${stage}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${stage}/epan" "${stage}/bin" "${stage}/profile"
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:skypefed> "${stage}/epan"
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:skypefed-log> "${stage}/bin"
    ${more_commands}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${stage} -DSTRIP=${CMAKE_STRIP} -P "${packaging}/strip.cmake"
    COMMAND ${CMAKE_COMMAND} -E copy ${profile_paths} "${stage}/profile"
    COMMAND ${CMAKE_COMMAND} -E copy "${packaging}/install.sh" "${packaging}/uninstall.sh"
            "${PROJECT_SOURCE_DIR}/LICENSE" "${stage}"
    COMMAND ${CMAKE_COMMAND} -E echo "${wireshark}" > "${stage}/wireshark-version"
    COMMAND ${CMAKE_COMMAND} -E chdir "${PROJECT_BINARY_DIR}/tarball"
            ${CMAKE_COMMAND} -E tar czf "${PROJECT_BINARY_DIR}/${archive}.tar.gz" "${archive}"
    COMMENT "Packing ${PROJECT_BINARY_DIR}/${archive}.tar.gz"
    VERBATIM)
add_dependencies(tarball ${user_targets})
if(TARGET skypefed-log-plain)
    add_dependencies(tarball skypefed-log-plain)
endif()
