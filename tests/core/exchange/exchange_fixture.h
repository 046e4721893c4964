#pragma once
// Folders as other tools leave them, for the tests of exchange.
// Thread: one test at a time.

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

namespace palimpsest::testing {

class Folder {
public:
    [[nodiscard]] std::filesystem::path path(const std::string& relative = {}) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / relative;
    }
    void write(const std::string& relative, const std::string& content) const
    {
        std::filesystem::create_directories(path(relative).parent_path());
        std::ofstream(path(relative), std::ios::binary) << content;
    }

private:
    QTemporaryDir m_folder;
};

inline std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Lists become sets: the order of ConceptX's keys and clusters means nothing.
inline nlohmann::json sorted(nlohmann::json value)
{
    for (auto& entry : value) {
        if (entry.is_array())
            std::sort(entry.begin(), entry.end());
    }
    return value;
}

/// All files below a folder by their relative names.
inline std::map<std::string, std::string> filesBelow(const std::filesystem::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files[std::filesystem::relative(entry.path(), folder).string()] = contentOf(entry.path());
    }
    return files;
}

} // namespace palimpsest::testing
