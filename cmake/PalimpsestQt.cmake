# One function that declares a QML module the way this house needs it.
include_guard(GLOBAL)

# palimpsest_qml_module(<target> URI <uri> [SOURCES c++…] [QML_FILES qml…] [SINGLETONS qml…] [RESOURCES files…]
#                       [IMPORTS uris…] [LIBS targets…])
# Static library <target> and its plugin <target>plugin; link both. C++ is included as "folder/file.h" from app/.
# Modules lie under <build>/qml_modules, where qmllint and the tests find them by URI.
function(palimpsest_qml_module target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "URI" "SOURCES;QML_FILES;SINGLETONS;RESOURCES;IMPORTS;LIBS")
    string(REPLACE "." "/" folder ${arg_URI})
    if(arg_SINGLETONS)
        set_source_files_properties(${arg_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
    endif()
    qt_add_library(${target} STATIC)
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    qt_add_qml_module(${target}
        URI ${arg_URI}
        VERSION 1.0
        RESOURCE_PREFIX /qt/qml # Qt 6.4's own default is the root
        OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml_modules/${folder}
        IMPORT_PATH ${CMAKE_BINARY_DIR}/qml_modules
        SOURCES ${arg_SOURCES}
        QML_FILES ${arg_SINGLETONS} ${arg_QML_FILES}
        RESOURCES ${arg_RESOURCES}
        IMPORTS ${arg_IMPORTS})
    # The registrations that Qt generates include headers by their bare names.
    set(header_folders)
    foreach(source IN LISTS arg_SOURCES)
        cmake_path(ABSOLUTE_PATH source NORMALIZE)
        cmake_path(GET source PARENT_PATH header_folder)
        list(APPEND header_folders ${header_folder})
    endforeach()
    list(REMOVE_DUPLICATES header_folders)
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/app PRIVATE ${header_folders})
    target_compile_definitions(${target} PRIVATE
        QT_NO_CAST_FROM_ASCII QT_NO_FOREACH QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS)
    target_link_libraries(${target} PUBLIC ${arg_LIBS} Qt6::Core Qt6::Gui Qt6::Qml Qt6::Quick)
    palimpsest_unity(${target})
    if(arg_SOURCES)
        target_link_libraries(${target} PRIVATE palimpsest_flags)
        target_precompile_headers(${target} PRIVATE
            <filesystem> <memory> <string> <vector> <QAbstractListModel> <QObject> <QString> <QtQml/qqmlregistration.h>
            <QtQuick/QQuickItem>)
    else()
        # What qmlcachegen includes at the top of every file it writes.
        target_precompile_headers(${target} PRIVATE
            <QtQml/qqmlprivate.h> <QtQml/qjsengine.h> <QtQml/qqmlcontext.h> <QtQml/qqmlengine.h>)
        target_compile_options(${target} PRIVATE -w) # what Qt generates from QML shadows its own names
    endif()
endfunction()
