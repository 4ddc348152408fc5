# Flags for release builds that turn what a test didn't find into a clean end of the process. Not with sanitizers, which
# see more and bring their own.
include(CheckCCompilerFlag)
include(CheckLinkerFlag)

if(STRATA_HARDEN AND NOT STRATA_SANITIZE AND CMAKE_BUILD_TYPE MATCHES "Rel")
  foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
    string(MAKE_C_IDENTIFIER "HAVE${flag}" have)
    check_c_compiler_flag(${flag} ${have})
    if(${have})
      target_compile_options(strata_flags INTERFACE ${flag})
    endif()
  endforeach()
  # Options, since CMake puts definitions before them, and -U would take the definition back.
  target_compile_options(strata_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  foreach(flag -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
    string(MAKE_C_IDENTIFIER "HAVE${flag}" have)
    check_linker_flag(C ${flag} ${have})
    if(${have})
      target_link_options(strata_flags INTERFACE ${flag})
    endif()
  endforeach()
endif()
