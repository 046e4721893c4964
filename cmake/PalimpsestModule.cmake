# Functions that declare the parts of the house. One list of allowed includes, CMake and test alike:
# DEPENDS of a module is what it may include; tests/architecture checks the includes against it.

# Warnings, sanitizers and definitions that every target of ours gets.
add_library(palimpsest_flags INTERFACE)
target_compile_options(palimpsest_flags INTERFACE
    -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor -Wpedantic
    # GCC 12 reports "text" + std::string as an overlapping copy (its bug 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<BOOL:${PALIMPSEST_WERROR}>:-Werror>)
if(PALIMPSEST_SANITIZE)
    target_compile_options(palimpsest_flags INTERFACE -fsanitize=${PALIMPSEST_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(palimpsest_flags INTERFACE -fsanitize=${PALIMPSEST_SANITIZE})
endif()

# For targets of many small files that read the same large headers; LibTorch's cost four seconds a file, precompiled or not. Their unnamed namespaces must not have names in common.
# PALIMPSEST_SEPARATE lists targets that are built file by file all the same: those one works on.
function(palimpsest_unity target)
    if(PALIMPSEST_UNITY AND NOT target IN_LIST PALIMPSEST_SEPARATE)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
    endif()
endfunction()

# LibTorch as a system library with one precompiled header, shared by all that say TORCH.
add_library(palimpsest_torch INTERFACE)
target_include_directories(palimpsest_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(palimpsest_torch INTERFACE ${TORCH_LIBRARIES})
separate_arguments(palimpsest_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(palimpsest_torch INTERFACE ${palimpsest_torch_flags})

file(WRITE ${CMAKE_BINARY_DIR}/torch_pch.cpp "namespace palimpsest { }\n")
add_library(palimpsest_torch_pch STATIC ${CMAKE_BINARY_DIR}/torch_pch.cpp)
target_link_libraries(palimpsest_torch_pch PRIVATE palimpsest_flags palimpsest_torch)
target_precompile_headers(palimpsest_torch_pch PRIVATE <torch/torch.h>)

# palimpsest_module(<name> SOURCES … [DEPENDS modules…] [PRIVATE_LIBS targets…] [TORCH])
# Static library palimpsest_<name> from core/<name>/; include root is core/.
function(palimpsest_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "TORCH" "" "SOURCES;DEPENDS;PRIVATE_LIBS")
    set(target palimpsest_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/core)
    list(TRANSFORM arg_DEPENDS PREPEND palimpsest_ OUTPUT_VARIABLE dependencies)
    target_link_libraries(${target} PUBLIC ${dependencies} PRIVATE palimpsest_flags ${arg_PRIVATE_LIBS})
    if(arg_TORCH)
        target_link_libraries(${target} PRIVATE palimpsest_torch)
        target_precompile_headers(${target} REUSE_FROM palimpsest_torch_pch)
    endif()
    palimpsest_unity(${target})
    set_property(GLOBAL APPEND PROPERTY palimpsest_modules ${name})
    set_property(GLOBAL PROPERTY palimpsest_module_depends_${name} "${arg_DEPENDS}")
endfunction()

file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/tests/results)

# QtTest brings all of QtCore, half of what a test compiles: read once. Tests that see more of Qt (QT_GUI_LIB, …) get it
# with other contents, so the compiler would refuse this one there.
file(WRITE ${CMAKE_BINARY_DIR}/test_pch.cpp "namespace palimpsest { }\n")
add_library(palimpsest_test_pch STATIC ${CMAKE_BINARY_DIR}/test_pch.cpp)
target_link_libraries(palimpsest_test_pch PRIVATE palimpsest_flags Qt6::Test)
# Qt::Test tells every test its folders (for QFINDTESTDATA; here TEST_DATA_DIR says it), and contents would differ by them.
# What a test itself computes is little: it is compiled for a short build, the code under test as always.
set(palimpsest_test_options -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR $<$<CONFIG:Release>:-O1>)
target_compile_options(palimpsest_test_pch PRIVATE ${palimpsest_test_options})
target_precompile_headers(palimpsest_test_pch PRIVATE <QtTest/QtTest> <nlohmann/json.hpp>)

# palimpsest_test(<name> [SOURCES …] [MODULES modules…] [LIBS targets…] [WINDOW] [TORCH] [TIMEOUT seconds])
# A QtTest executable from <name>.cpp. WINDOW: needs a display, run under xvfb where there is none.
function(palimpsest_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "WINDOW;TORCH" "TIMEOUT" "SOURCES;MODULES;LIBS")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(${name} ${name}.cpp ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    list(TRANSFORM arg_MODULES PREPEND palimpsest_ OUTPUT_VARIABLE modules)
    target_link_libraries(${name} PRIVATE palimpsest_flags ${modules} ${arg_LIBS} palimpsest_test_support Qt6::Test)
    if(arg_TORCH)
        target_link_libraries(${name} PRIVATE palimpsest_torch)
    elseif(NOT arg_WINDOW AND NOT "${modules};${arg_LIBS}" MATCHES "Qt6::Gui|palimpsest_(models|figures|publish|app|bridge)")
        target_precompile_headers(${name} REUSE_FROM palimpsest_test_pch)
    endif()
    target_compile_options(${name} PRIVATE ${palimpsest_test_options})
    if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/data)
        target_compile_definitions(${name} PRIVATE TEST_DATA_DIR="${CMAKE_CURRENT_SOURCE_DIR}/data")
    endif()
    # The result file is what packaging/test.sh counts; standard output is what a person reads.
    set(command $<TARGET_FILE:${name}> -o ${CMAKE_BINARY_DIR}/tests/results/${name}.txt,txt -o -,txt)
    if(arg_WINDOW)
        list(PREPEND command ${PROJECT_SOURCE_DIR}/tests/support/with_display.sh)
    endif()
    add_test(NAME ${name} COMMAND ${command})
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "LC_ALL=C.UTF-8;QT_SCALE_FACTOR=1;OMP_WAIT_POLICY=passive;PALIMPSEST_PROGRAM=$<TARGET_FILE:palimpsest>")
endfunction()
