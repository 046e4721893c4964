// The rules of the house that no compiler checks: who may include whom, no Qt in the core, no LibTorch in
// public headers, files that a person can read in one sitting.

#include <QtTest/QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path kRoot = PALIMPSEST_SOURCE_DIR;

std::vector<std::string> linesOf(const fs::path& file)
{
    std::ifstream stream(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::vector<fs::path> filesUnder(const fs::path& folder, const std::set<std::string>& endings)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && endings.contains(entry.path().extension().string()))
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// `x` of every #include "x" or #include <x>.
std::vector<std::string> includesOf(const fs::path& file)
{
    std::vector<std::string> includes;
    for (const std::string& line : linesOf(file)) {
        if (!line.starts_with("#include"))
            continue;
        const std::size_t begin = line.find_first_of("\"<");
        const std::size_t end = line.find_first_of("\">", begin + 1);
        if (begin != std::string::npos && end != std::string::npos)
            includes.push_back(line.substr(begin + 1, end - begin - 1));
    }
    return includes;
}

std::map<std::string, std::set<std::string>> allowedIncludes()
{
    std::map<std::string, std::set<std::string>> allowed;
    for (const std::string& line : linesOf(PALIMPSEST_MODULES_FILE)) {
        const std::size_t colon = line.find(':');
        std::istringstream names(line.substr(colon + 1));
        std::set<std::string>& set = allowed[line.substr(0, colon)];
        for (std::string name; names >> name;)
            set.insert(name);
    }
    return allowed;
}

QByteArray listing(const std::vector<std::string>& problems)
{
    QByteArray text;
    for (const std::string& problem : problems)
        text += "\n  " + QByteArray::fromStdString(problem);
    return text;
}

std::string pathInSource(const fs::path& file)
{
    return fs::relative(file, kRoot).string();
}

} // namespace

class LayeringTest : public QObject {
    Q_OBJECT

private slots:
    void everyFolderOfTheCoreIsAModule();
    void modulesIncludeOnlyWhatTheyDependOn();
    void dependenciesHaveNoCycle();
    void theCoreHasNoQt();
    void theCommandLineHasNoQt();
    void publicHeadersHaveNoTorch();
    void headersOpenWithPragmaOnceAndAPurpose();
    void filesAreShortEnoughToRead();
};

void LayeringTest::everyFolderOfTheCoreIsAModule()
{
    const auto allowed = allowedIncludes();
    for (const auto& entry : fs::directory_iterator(kRoot / "core")) {
        if (entry.is_directory())
            QVERIFY2(allowed.contains(entry.path().filename().string()), entry.path().c_str());
    }
}

void LayeringTest::modulesIncludeOnlyWhatTheyDependOn()
{
    const auto allowed = allowedIncludes();
    QVERIFY(allowed.size() >= 10);
    std::vector<std::string> problems;
    for (const auto& [module, dependencies] : allowed) {
        for (const fs::path& file : filesUnder(kRoot / "core" / module, {".h", ".cpp"})) {
            for (const std::string& include : includesOf(file)) {
                const std::string target = include.substr(0, include.find('/'));
                if (allowed.contains(target) && target != module && !dependencies.contains(target))
                    problems.push_back(pathInSource(file) + " includes " + include + ", but " + module
                        + " does not depend on " + target);
            }
        }
    }
    QVERIFY2(problems.empty(), listing(problems));
}

void LayeringTest::dependenciesHaveNoCycle()
{
    const auto allowed = allowedIncludes();
    std::set<std::string> finished;
    std::set<std::string> open;
    const std::function<bool(const std::string&)> isAcyclic = [&](const std::string& module) {
        if (finished.contains(module))
            return true;
        if (!open.insert(module).second)
            return false;
        for (const std::string& dependency : allowed.at(module)) {
            if (!isAcyclic(dependency))
                return false;
        }
        open.erase(module);
        finished.insert(module);
        return true;
    };
    for (const auto& [module, dependencies] : allowed)
        QVERIFY2(isAcyclic(module), module.c_str());
}

void LayeringTest::theCoreHasNoQt()
{
    std::vector<std::string> problems;
    for (const fs::path& file : filesUnder(kRoot / "core", {".h", ".cpp"})) {
        for (const std::string& include : includesOf(file)) {
            if (include.starts_with("Q") || include.starts_with("qt"))
                problems.push_back(pathInSource(file) + " includes " + include);
        }
    }
    QVERIFY2(problems.empty(), listing(problems));
}

void LayeringTest::theCommandLineHasNoQt()
{
    std::vector<std::string> problems;
    for (const fs::path& file : filesUnder(kRoot / "app" / "cli", {".h", ".cpp"})) {
        for (const std::string& include : includesOf(file)) {
            if (include.starts_with("Q") || include.starts_with("qt"))
                problems.push_back(pathInSource(file) + " includes " + include);
        }
    }
    QVERIFY2(problems.empty(), listing(problems));
}

void LayeringTest::publicHeadersHaveNoTorch()
{
    std::vector<std::string> problems;
    for (const char* folder : {"core", "app"}) {
        for (const fs::path& file : filesUnder(kRoot / folder, {".h"})) {
            const std::vector<std::string> lines = linesOf(file);
            const auto start = lines.begin() + std::min<std::ptrdiff_t>(8, std::ssize(lines));
            const bool saysSo = std::any_of(lines.begin(), start,
                [](const std::string& line) { return line.find("Torch-facing") != std::string::npos; });
            for (const std::string& include : includesOf(file)) {
                if (!saysSo
                    && (include.starts_with("torch/") || include.starts_with("ATen/")
                        || include.starts_with("c10/")))
                    problems.push_back(pathInSource(file) + " includes " + include
                        + " and does not say that it is Torch-facing");
            }
        }
    }
    QVERIFY2(problems.empty(), listing(problems));
}

void LayeringTest::headersOpenWithPragmaOnceAndAPurpose()
{
    std::vector<std::string> problems;
    for (const char* folder : {"core", "app"}) {
        for (const fs::path& file : filesUnder(kRoot / folder, {".h"})) {
            const std::vector<std::string> lines = linesOf(file);
            if (lines.size() < 2 || lines[0] != "#pragma once" || !lines[1].starts_with("// "))
                problems.push_back(pathInSource(file));
            const bool threads = std::any_of(lines.begin(), lines.end(),
                [](const std::string& line) { return line.find("Thread:") != std::string::npos; });
            if (!threads)
                problems.push_back(pathInSource(file) + " states no thread rule");
        }
    }
    QVERIFY2(problems.empty(), listing(problems));
}

void LayeringTest::filesAreShortEnoughToRead()
{
    std::vector<std::string> problems;
    const auto check = [&](const char* folder, const std::set<std::string>& endings, std::size_t limit) {
        for (const fs::path& file : filesUnder(kRoot / folder, endings)) {
            const std::size_t count = linesOf(file).size();
            if (count > limit)
                problems.push_back(pathInSource(file) + " has " + std::to_string(count)
                    + " lines; the limit is " + std::to_string(limit));
        }
    };
    check("core", {".h", ".cpp"}, 500);
    check("app", {".h", ".cpp"}, 500);
    check("tests", {".h", ".cpp"}, 500);
    check("qml", {".qml"}, 250);
    QVERIFY2(problems.empty(), listing(problems));
}

QTEST_APPLESS_MAIN(LayeringTest)
#include "tst_layering.moc"
