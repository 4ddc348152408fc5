# What `cmake --install` puts where, and what finds it again: strata.pc and find_package(strata).
set(strata_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/strata)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/strata DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES $<TARGET_FILE:strata_static> DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_file(${PROJECT_SOURCE_DIR}/cmake/strata.pc.in ${PROJECT_BINARY_DIR}/strata.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/strata.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(NOT STRATA_STATIC)
  install(TARGETS strata_shared EXPORT strata-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT strata-targets NAMESPACE strata:: DESTINATION ${strata_package_dir})
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/strata-config.cmake.in
                                ${PROJECT_BINARY_DIR}/strata-config.cmake INSTALL_DESTINATION ${strata_package_dir})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/strata-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/strata-config.cmake ${PROJECT_BINARY_DIR}/strata-config-version.cmake
          DESTINATION ${strata_package_dir})
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
install(FILES ${PROJECT_BINARY_DIR}/strata.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_BINARY_DIR}/strata.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME strata)
install(FILES ${PROJECT_BINARY_DIR}/_strata DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${PROJECT_BINARY_DIR}/strata.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
