# What CPack makes of it: three Debian packages (cpack -G DEB in the build directory), the shared library, what programs
# need to be built with it, and the command.
set(CPACK_PACKAGE_NAME strata)
set(CPACK_PACKAGE_VENDOR "The strata authors")
set(CPACK_PACKAGE_CONTACT "The strata authors <strata@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)

set(strata_soversion ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL command library development)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME strata)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libstrata${strata_soversion})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libstrata-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libstrata${strata_soversion} (= ${PROJECT_VERSION}), libfyaml-dev, libpcre2-dev, libmd-dev")
set(CPACK_COMPONENT_COMMAND_DESCRIPTION "The command strata, which renders manifests as kustomize build does.")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "The shared library of strata.")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Headers, archive and manual of the library of strata.")

# What the libraries inside need is asked of the system that the packages are made on.
find_program(STRATA_SHLIBDEPS dpkg-shlibdeps)
if(STRATA_SHLIBDEPS)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()

# ldconfig has to run when the library comes or goes.
file(WRITE ${PROJECT_BINARY_DIR}/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/triggers)
include(CPack)
