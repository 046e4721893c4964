#pragma once
// Small texts, files and label tables for the tests of labels.
// Thread: one test at a time.

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/corpus/corpus_fixture.h"
#include "label/label_source.h"

namespace palimpsest::testing {

/// Labels of each row, joined by spaces.
inline std::vector<std::string> rowsOf(const label::LabelTable& table)
{
    std::vector<std::string> rows;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        std::string text;
        for (const label::LabelId label : table.labelsOf(base::toId<base::TokenId>(row)))
            text += (text.empty() ? "" : " ") + table.labelName(label);
        rows.push_back(std::move(text));
    }
    return rows;
}

using Options = std::map<std::string, std::string, std::less<>>;

inline base::Result<std::shared_ptr<const label::LabelTable>> labelled(const std::string& source,
    const std::vector<std::string>& sentences, const Options& options = {}, bool asConceptX = false,
    const std::vector<std::string>& vocabulary = {})
{
    label::SourceSetup setup;
    setup.options = options;
    setup.asConceptX = asConceptX;
    setup.vocabulary = std::make_shared<const std::vector<std::string>>(vocabulary);
    auto made = label::makeSource(source, setup);
    if (!made)
        return made.error();
    return made.value()->label(*allTokens(corpusOf(sentences)), {});
}

/// Rows of labelled(), or its sentence as the only row.
inline std::vector<std::string> labelRows(const std::string& source,
    const std::vector<std::string>& sentences, const Options& options = {}, bool asConceptX = false,
    const std::vector<std::string>& vocabulary = {})
{
    const auto table = labelled(source, sentences, options, asConceptX, vocabulary);
    return table ? rowsOf(*table.value()) : std::vector{table.error().message};
}

class Files {
public:
    std::string write(const char* name, const std::string& content)
    {
        const std::filesystem::path path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }

private:
    QTemporaryDir m_folder;
};

} // namespace palimpsest::testing

using Rows = std::vector<std::string>;
