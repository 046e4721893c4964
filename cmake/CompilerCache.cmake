# ccache where it is installed. The sloppiness is what ccache's manual asks for with precompiled headers;
# the base folder lets a fresh clone hit what another clone compiled.
find_program(PALIMPSEST_CCACHE ccache)
if(PALIMPSEST_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
        CCACHE_NOHASHDIR=1
        ${PALIMPSEST_CCACHE})
endif()
