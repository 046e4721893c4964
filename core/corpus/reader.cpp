#include "corpus/reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "base/mapped_file.h"
#include "corpus/columns.h"
#include "corpus/records.h"

namespace palimpsest::corpus {

namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

std::optional<double> asNumber(std::string_view text)
{
    double number = 0.0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

/// Collects sentences into the arrays of a Corpus.
class CorpusBuilder {
public:
    CorpusBuilder() { m_parts.sentenceStart.push_back(0); }

    /// `label` empty: no class; `second`: of a pair. Fails with TooLarge.
    [[nodiscard]] base::Status addSentence(std::string_view text, std::optional<std::string_view> second,
        std::string_view label, std::size_t line)
    {
        constexpr std::size_t kLimit = std::numeric_limits<std::uint32_t>::max();
        bool full = line > kLimit;
        const auto add = [this, &full](std::string_view word) {
            m_parts.words.push_back(idOf(word));
            full = full || m_parts.words.size() >= kLimit;
            return !full;
        };
        forEachWord(text, add);
        if (second) {
            m_parts.firstTextWords.push_back(
                static_cast<std::uint32_t>(m_parts.words.size() - m_parts.sentenceStart.back()));
            forEachWord(*second, add);
        }
        if (full)
            return base::Error{base::ErrorCode::TooLarge,
                "The corpus has more than 4,294,967,294 words or lines; divide it into several files"};
        m_parts.sentenceStart.push_back(static_cast<std::uint32_t>(m_parts.words.size()));
        m_parts.sourceLine.push_back(static_cast<std::uint32_t>(line));
        m_parts.sentenceClass.push_back(kNoClass);
        return label.empty() ? base::Status() : setClass(label);
    }

    [[nodiscard]] std::size_t sentenceCount() const { return m_parts.sentenceClass.size(); }
    [[nodiscard]] std::size_t wordCount() const { return m_parts.words.size(); }

    [[nodiscard]] CorpusParts finish() &&
    {
        sortClasses();
        return std::move(m_parts);
    }

private:
    std::uint32_t idOf(std::string_view word)
    {
        const auto known = m_ids.find(word);
        if (known != m_ids.end())
            return known->second;
        const auto id = static_cast<std::uint32_t>(m_parts.vocabulary.size());
        m_parts.vocabulary.emplace_back(word);
        m_ids.emplace(word, id);
        return id;
    }

    base::Status setClass(std::string_view label)
    {
        const auto known = m_classes.find(label);
        if (known != m_classes.end()) {
            m_parts.sentenceClass.back() = known->second;
            return {};
        }
        if (m_classes.size() >= kMaxClasses) {
            return base::Error{base::ErrorCode::TooLarge,
                "The label column has more than " + std::to_string(kMaxClasses)
                    + " different values; choose a column that holds classes"};
        }
        const auto id = static_cast<std::int32_t>(m_classes.size());
        m_classes.emplace(label, id);
        m_parts.sentenceClass.back() = id;
        return {};
    }

    /// Renumbers the classes from order of appearance to the sorted order.
    void sortClasses()
    {
        struct Entry {
            std::string name;
            double number;
            std::int32_t id;
        };
        std::vector<Entry> entries;
        bool numeric = true;
        for (const auto& [name, id] : m_classes) {
            const auto number = asNumber(name);
            numeric = numeric && number.has_value();
            entries.push_back({name, number.value_or(0.0), id});
        }
        // m_classes is sorted by bytes, and stays so among equal numbers.
        if (numeric) {
            std::stable_sort(entries.begin(), entries.end(),
                [](const Entry& a, const Entry& b) { return a.number < b.number; });
        }
        std::vector<std::int32_t> rank(entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            rank[static_cast<std::size_t>(entries[i].id)] = static_cast<std::int32_t>(i);
            m_parts.classNames.push_back(std::move(entries[i].name));
        }
        for (std::int32_t& value : m_parts.sentenceClass) {
            if (value != kNoClass)
                value = rank[static_cast<std::size_t>(value)];
        }
    }

    CorpusParts m_parts;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_ids;
    std::map<std::string, std::int32_t, std::less<>> m_classes;
};

base::Error tooFewColumns(const RecordReader& rows, std::size_t needed, const std::filesystem::path& path)
{
    return {base::ErrorCode::Malformed,
        path.string() + ", line " + std::to_string(rows.line()) + ": the row has "
            + std::to_string(rows.fields().size()) + (rows.fields().size() == 1 ? " column" : " columns")
            + ", but column " + std::to_string(needed)
            + " is needed; correct the row or choose other columns"};
}

base::Error noWords(const std::filesystem::path& path, std::size_t dropped, std::uint32_t maxWords)
{
    if (dropped > 0) {
        return {base::ErrorCode::TooFewRows,
            "All sentences of " + path.string() + " that have words have " + std::to_string(maxWords)
                + " or more of them; allow longer sentences"};
    }
    return {base::ErrorCode::TooFewRows,
        "There is no word in " + path.string() + "; give a file with sentences in its text column"};
}

/// One run of readCorpus over the text of a file.
class Reading {
public:
    Reading(std::string_view text, const std::filesystem::path& path, const ReadOptions& options,
        const base::JobContext& ctx)
        : m_path(path)
        , m_options(options)
        , m_ctx(ctx)
        , m_size(text.size())
        , m_kind(resolveKind(options.kind, path))
        , m_rows(text, m_kind, path)
    {
    }

    [[nodiscard]] base::Status run()
    {
        PALIMPSEST_TRY(any, m_rows.next());
        if (!any)
            return {};
        PALIMPSEST_CHECK(choose());
        bool more = true;
        if (m_columns.hasHeader) {
            PALIMPSEST_TRY(next, m_rows.next());
            more = next;
        }
        while (more) {
            if (m_ctx.stopRequested())
                return base::cancelled();
            PALIMPSEST_CHECK(addRow());
            report();
            PALIMPSEST_TRY(next, m_rows.next());
            more = next;
        }
        return {};
    }

    [[nodiscard]] base::Result<CorpusParts> finish()
    {
        if (m_builder.wordCount() == 0)
            return noWords(m_path, m_dropped, m_options.maxWords);
        if (m_dropped > 0) {
            m_ctx.warn(std::to_string(m_dropped) + (m_dropped == 1 ? " sentence" : " sentences") + " of "
                + std::to_string(m_options.maxWords) + " or more words " + (m_dropped == 1 ? "was" : "were")
                + " left out");
        }
        m_ctx.progress(1.0, "Read " + std::to_string(m_builder.sentenceCount()) + " sentences");
        return std::move(m_builder).finish();
    }

private:
    [[nodiscard]] base::Status choose()
    {
        if (m_kind == FileKind::PlainText) {
            if (m_options.textColumn.empty() && m_options.labelColumn.empty() && m_options.pairColumn.empty())
                return {};
            return base::Error{base::ErrorCode::NotFound,
                m_path.string() + " is plain text and has no columns; name it .tsv or .csv if it is a table"};
        }
        PALIMPSEST_TRY(columns, chooseColumns(m_rows.fields(), m_options, m_path));
        m_columns = std::move(columns);
        if (!m_columns.warning.empty())
            m_ctx.warn(m_columns.warning);
        return {};
    }

    [[nodiscard]] base::Status addRow()
    {
        const bool pairs = m_columns.pair.has_value();
        if (m_rows.emptyLine())
            return m_builder.addSentence(
                {}, pairs ? std::optional(std::string_view()) : std::nullopt, {}, m_rows.line());
        const auto& fields = m_rows.fields();
        const std::size_t needed
            = std::max({m_columns.text, m_columns.label.value_or(0), m_columns.pair.value_or(0)}) + 1;
        if (fields.size() < needed)
            return tooFewColumns(m_rows, needed, m_path);
        const std::string_view text = fields[m_columns.text];
        const auto second = pairs ? std::optional<std::string_view>(fields[*m_columns.pair]) : std::nullopt;
        if (countWords(text, m_options.maxWords) + countWords(second.value_or(""), m_options.maxWords)
            >= m_options.maxWords) {
            ++m_dropped;
            return {};
        }
        const std::string_view label
            = m_columns.label.has_value() ? trimmed(fields[*m_columns.label]) : std::string_view();
        return m_builder.addSentence(text, second, label, m_rows.line());
    }

    void report()
    {
        constexpr std::size_t kRowsPerReport = 4096;
        if (++m_read % kRowsPerReport == 0) {
            m_ctx.progress(static_cast<double>(m_rows.offset()) / static_cast<double>(m_size),
                "Reading " + m_path.filename().string() + ", " + std::to_string(m_read) + " sentences");
        }
    }

    const std::filesystem::path& m_path;
    const ReadOptions& m_options;
    const base::JobContext& m_ctx;
    std::size_t m_size;
    FileKind m_kind;
    RecordReader m_rows;
    Columns m_columns;
    CorpusBuilder m_builder;
    std::size_t m_dropped = 0;
    std::size_t m_read = 0;
};

} // namespace

base::Result<std::shared_ptr<const Corpus>> readCorpus(
    const std::filesystem::path& path, const ReadOptions& options, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(file, base::MappedFile::open(path));
    const auto bytes = file.bytes();
    const std::string_view whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    PALIMPSEST_CHECK(checkUtf8(whole, path, ctx));
    Reading reading(withoutByteOrderMark(whole), path, options, ctx);
    PALIMPSEST_CHECK(reading.run());
    PALIMPSEST_TRY(parts, reading.finish());
    return Corpus::fromParts(std::move(parts));
}

} // namespace palimpsest::corpus
