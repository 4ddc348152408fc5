# What `cmake --install` puts where, and what finds it again: strata.pc and find_package(strata). The components are the
# packages of cmake/packages.cmake: the command, the shared library, and what programs need to be built with it.
set(strata_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/strata)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/strata DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
        FILES_MATCHING PATTERN "*.h")
install(FILES $<TARGET_FILE:strata_static> DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(FILES ${PROJECT_SOURCE_DIR}/man/libstrata.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3 COMPONENT development)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT command)

# The file says where it lies itself, so that an installation may be moved, or be installed with another --prefix.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(STRATA_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
  set(STRATA_PC_LIBDIR ${CMAKE_INSTALL_FULL_LIBDIR})
  set(STRATA_PC_INCLUDEDIR ${CMAKE_INSTALL_FULL_INCLUDEDIR})
else()
  file(RELATIVE_PATH from_pc "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  string(REGEX REPLACE "/$" "" from_pc "${from_pc}")
  set(STRATA_PC_PREFIX "\${pcfiledir}/${from_pc}")
  set(STRATA_PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
  set(STRATA_PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/strata.pc.in ${PROJECT_BINARY_DIR}/strata.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/strata.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

if(NOT STRATA_STATIC)
  install(TARGETS strata_shared EXPORT strata-targets
          LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE RENAME copyright COMPONENT library
          DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/libstrata${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  install(EXPORT strata-targets NAMESPACE strata:: DESTINATION ${strata_package_dir} COMPONENT development)
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/strata-config.cmake.in
                                ${PROJECT_BINARY_DIR}/strata-config.cmake INSTALL_DESTINATION ${strata_package_dir})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/strata-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/strata-config.cmake ${PROJECT_BINARY_DIR}/strata-config-version.cmake
          DESTINATION ${strata_package_dir} COMPONENT development)
endif()

# The program prints its own manual and completions.
add_custom_command(
  OUTPUT ${PROJECT_BINARY_DIR}/strata.1 ${PROJECT_BINARY_DIR}/strata.bash ${PROJECT_BINARY_DIR}/_strata
         ${PROJECT_BINARY_DIR}/strata.fish
  COMMAND strata manual > ${PROJECT_BINARY_DIR}/strata.1
  COMMAND strata completion bash > ${PROJECT_BINARY_DIR}/strata.bash
  COMMAND strata completion zsh > ${PROJECT_BINARY_DIR}/_strata
  COMMAND strata completion fish > ${PROJECT_BINARY_DIR}/strata.fish
  DEPENDS strata)
add_custom_target(strata_pages ALL DEPENDS ${PROJECT_BINARY_DIR}/strata.1)
install(FILES ${PROJECT_BINARY_DIR}/strata.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT command)
install(FILES ${PROJECT_BINARY_DIR}/strata.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME strata COMPONENT command)
install(FILES ${PROJECT_BINARY_DIR}/_strata DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT command)
install(FILES ${PROJECT_BINARY_DIR}/strata.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
        COMPONENT command)

# Reference pages out of the headers, with `--target reference`.
find_package(Doxygen QUIET)
if(DOXYGEN_FOUND)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  configure_file(${PROJECT_SOURCE_DIR}/docs/Doxyfile.in ${PROJECT_BINARY_DIR}/Doxyfile @ONLY)
  add_custom_target(reference COMMAND Doxygen::doxygen ${PROJECT_BINARY_DIR}/Doxyfile VERBATIM
                    COMMENT "Reference pages in ${PROJECT_BINARY_DIR}/reference/html")
endif()
