#pragma once
// File names between Qt and the core: QString or file URL on one side, std::filesystem::path on the other.
// Thread: reentrant.

#include <QString>
#include <QUrl>

#include <filesystem>

namespace palimpsest::app {

[[nodiscard]] std::filesystem::path toPath(const QString& path);
[[nodiscard]] QString toText(const std::filesystem::path& path);
/// A typed path, "~/x" or a file URL as dialogs and drops give it, as an absolute path; empty stays empty.
[[nodiscard]] QString toLocalFile(const QString& pathOrUrl);

} // namespace palimpsest::app
