#include "project/project_file.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "project/blobs.h"
#include "project/layout.h"
#include "project/sqlite.h"

namespace palimpsest::project {

using base::Error;
using base::ErrorCode;

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTokensStage = "tokens";

/// Names of the arrays that make a corpus and its token table.
namespace array {
constexpr std::string_view kVocabularyLengths = "vocabulary.lengths";
constexpr std::string_view kVocabularyText = "vocabulary.text";
constexpr std::string_view kWords = "words";
constexpr std::string_view kSentenceStart = "sentence.start";
constexpr std::string_view kSentenceClass = "sentence.class";
constexpr std::string_view kSentenceLine = "sentence.line";
constexpr std::string_view kFirstTextWords = "sentence.first_text"; // of sentence pairs only
constexpr std::string_view kClassLengths = "class.lengths";
constexpr std::string_view kClassText = "class.text";
constexpr std::string_view kRowSentence = "row.sentence";
constexpr std::string_view kRowPosition = "row.position";
} // namespace array

Error damaged(const fs::path& file, std::string_view what)
{
    return {ErrorCode::Malformed,
        file.string() + " is damaged (" + std::string(what)
            + "); restore a copy or run the study into a new file"};
}

base::Status putStageKey(Database& database, std::string_view stage, const base::Fingerprint& key)
{
    PALIMPSEST_TRY(statement,
        database.prepare("INSERT INTO stage (name, high, low) VALUES (?1, ?2, ?3) "
                         "ON CONFLICT (name) DO UPDATE SET high = ?2, low = ?3"));
    statement.bind(1, stage);
    statement.bind(2, static_cast<std::int64_t>(key.high));
    statement.bind(3, static_cast<std::int64_t>(key.low));
    return statement.run();
}

base::Status putValue(Database& database, std::string_view key, std::string_view value)
{
    PALIMPSEST_TRY(statement,
        database.prepare("INSERT INTO value (key, value) VALUES (?1, ?2) "
                         "ON CONFLICT (key) DO UPDATE SET value = ?2"));
    statement.bind(1, key);
    statement.bind(2, value);
    return statement.run();
}

base::Status putArray(Database& database, std::string_view name, const Bytes& data)
{
    PALIMPSEST_TRY(statement, database.prepare("INSERT INTO token_array (name, data) VALUES (?1, ?2)"));
    statement.bind(1, name);
    statement.bind(2, std::span<const std::byte>(data));
    return statement.run();
}

/// One array of the token table; a missing one is damage, since all are written together.
base::Result<Bytes> getArray(Database& database, const fs::path& file, std::string_view name)
{
    PALIMPSEST_TRY(statement, database.prepare("SELECT data FROM token_array WHERE name = ?1"));
    statement.bind(1, name);
    PALIMPSEST_TRY(found, statement.step());
    if (!found)
        return damaged(file, "its array " + std::string(name) + " is missing");
    const auto blob = statement.blob(0);
    return Bytes(blob.begin(), blob.end());
}

base::Result<bool> hasArray(Database& database, std::string_view name)
{
    PALIMPSEST_TRY(statement, database.prepare("SELECT 1 FROM token_array WHERE name = ?1"));
    statement.bind(1, name);
    return statement.step();
}

base::Result<std::vector<std::uint32_t>> getNumbers(
    Database& database, const fs::path& file, std::string_view name)
{
    PALIMPSEST_TRY(bytes, getArray(database, file, name));
    auto numbers = unpackNumbers(bytes);
    if (!numbers)
        return damaged(file, "its array " + std::string(name) + " has a wrong size");
    return std::move(*numbers);
}

base::Result<std::vector<std::string>> getStrings(
    Database& database, const fs::path& file, std::string_view lengths, std::string_view characters)
{
    PALIMPSEST_TRY(lengthBytes, getArray(database, file, lengths));
    PALIMPSEST_TRY(characterBytes, getArray(database, file, characters));
    auto strings = unpackStrings(lengthBytes, characterBytes);
    if (!strings)
        return damaged(file, "its array " + std::string(lengths) + " does not fit its text");
    return std::move(*strings);
}

/// Sentences and positions of the rows; the words follow from the corpus.
base::Result<std::vector<corpus::Token>> getRows(
    Database& database, const fs::path& file, const corpus::Corpus& corpus)
{
    PALIMPSEST_TRY(sentences, getNumbers(database, file, array::kRowSentence));
    PALIMPSEST_TRY(positions, getNumbers(database, file, array::kRowPosition));
    if (sentences.size() != positions.size())
        return damaged(file, "its rows have two different sizes");
    std::vector<corpus::Token> rows(sentences.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto sentence = static_cast<base::SentenceId>(sentences[row]);
        if (sentences[row] >= corpus.sentenceCount() || positions[row] >= corpus.wordsOf(sentence).size())
            return damaged(file, "row " + std::to_string(row) + " names a word that does not exist");
        rows[row]
            = {sentence, positions[row], static_cast<base::WordId>(corpus.wordsOf(sentence)[positions[row]])};
    }
    return rows;
}

/// Deletes what belongs to one stage: its key and its warnings.
base::Status forgetStages(Database& database, std::string_view pattern)
{
    for (const std::string_view sql :
        {"DELETE FROM stage WHERE name GLOB ?1", "DELETE FROM warning WHERE stage GLOB ?1"}) {
        PALIMPSEST_TRY(statement, database.prepare(sql));
        statement.bind(1, pattern);
        PALIMPSEST_CHECK(statement.run());
    }
    return {};
}

base::Status removeFile(const fs::path& file)
{
    std::error_code code;
    fs::remove(file, code);
    if (code)
        return Error{ErrorCode::WriteFailed, file.string() + " cannot be replaced: " + code.message()};
    return {};
}

/// Makes an empty project as `<path>.part` and renames it, so that a killed program leaves no half of one.
base::Status createEmpty(const fs::path& path)
{
    fs::path part = path;
    part += ".part";
    fs::path journal = part;
    journal += "-journal";
    PALIMPSEST_CHECK(removeFile(part));
    PALIMPSEST_CHECK(removeFile(journal));

    base::Status status = [&]() -> base::Status {
        PALIMPSEST_TRY(database, Database::open(part, Database::Access::Create, path));
        return upgrade(database, 0);
    }();
    if (status && ::rename(part.c_str(), path.c_str()) != 0) {
        status = Error{ErrorCode::WriteFailed, path.string() + " cannot be written: " + std::strerror(errno)};
    }
    if (!status) {
        std::error_code ignored;
        fs::remove(part, ignored);
        fs::remove(journal, ignored);
    }
    return status;
}

} // namespace

std::string_view sideName(Side side)
{
    return side == Side::Base ? "base" : "finetuned";
}

std::string linkageStage(Side side, int layer)
{
    return "linkage." + std::string(sideName(side)) + "." + std::to_string(layer);
}

struct ProjectFile::Connection {
    fs::path path;
    Database database;
};

ProjectFile::ProjectFile(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
{
}

ProjectFile::ProjectFile(ProjectFile&&) noexcept = default;
ProjectFile& ProjectFile::operator=(ProjectFile&&) noexcept = default;
ProjectFile::~ProjectFile() = default;

base::Result<ProjectFile> ProjectFile::open(const fs::path& path, Mode mode)
{
    PALIMPSEST_CHECK(checkHeader(path));
    // Read-only first: a file that is refused must stay untouched.
    PALIMPSEST_TRY(database, Database::open(path, Database::Access::ReadOnly, path));
    auto version = layoutVersion(database, path);
    if (!version && version.error().code == ErrorCode::NewerVersion)
        return version.error();
    // A program that was killed while it wrote leaves a journal, which only a writer can roll back.
    const bool needsRecovery = !version && version.error().code == ErrorCode::WriteFailed;
    if (mode == Mode::ReadWrite || needsRecovery) {
        PALIMPSEST_TRY(writable, Database::open(path, Database::Access::ReadWrite, path));
        if (writable.readOnly()) {
            return Error{ErrorCode::WriteFailed,
                path.string() + " is read-only; copy it or change its permissions, then try again"};
        }
        database = std::move(writable);
        version = layoutVersion(database, path);
    }
    if (!version)
        return version.error();
    if (mode == Mode::ReadWrite)
        PALIMPSEST_CHECK(upgrade(database, version.value()));
    return ProjectFile(std::make_unique<Connection>(Connection{path, std::move(database)}));
}

base::Result<ProjectFile> ProjectFile::openOrCreate(const fs::path& path)
{
    std::error_code code;
    if (!fs::exists(path, code)) {
        const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
        if (!fs::is_directory(folder, code)) {
            return Error{
                ErrorCode::NotFound, "The folder of " + path.string() + " does not exist; create it first"};
        }
        PALIMPSEST_CHECK(createEmpty(path));
    }
    return open(path, Mode::ReadWrite);
}

Database& ProjectFile::database() const
{
    return m_connection->database;
}

const fs::path& ProjectFile::path() const
{
    return m_connection->path;
}

base::Status ProjectFile::atomically(const std::function<base::Status()>& writes)
{
    PALIMPSEST_TRY(transaction, Transaction::begin(m_connection->database));
    PALIMPSEST_CHECK(writes());
    return transaction.commit();
}

base::Status ProjectFile::consistently(const std::function<base::Status()>& reads) const
{
    PALIMPSEST_TRY(transaction, Transaction::begin(m_connection->database, Transaction::Kind::Read));
    PALIMPSEST_CHECK(reads());
    return transaction.commit();
}

base::Result<std::vector<std::pair<std::string, std::string>>> ProjectFile::values() const
{
    PALIMPSEST_TRY(statement, m_connection->database.prepare("SELECT key, value FROM value ORDER BY key"));
    std::vector<std::pair<std::string, std::string>> values;
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            return values;
        values.emplace_back(statement.text(0), statement.text(1));
    }
}

base::Result<std::optional<std::string>> ProjectFile::value(std::string_view key) const
{
    PALIMPSEST_TRY(statement, m_connection->database.prepare("SELECT value FROM value WHERE key = ?1"));
    statement.bind(1, key);
    PALIMPSEST_TRY(found, statement.step());
    if (!found)
        return std::optional<std::string>();
    return std::optional<std::string>(statement.text(0));
}

base::Status ProjectFile::setValue(std::string_view key, std::string_view value)
{
    PALIMPSEST_TRY(transaction, Transaction::begin(m_connection->database));
    PALIMPSEST_CHECK(putValue(m_connection->database, key, value));
    return transaction.commit();
}

base::Status ProjectFile::setValues(const std::vector<std::pair<std::string, std::string>>& values)
{
    PALIMPSEST_TRY(transaction, Transaction::begin(m_connection->database));
    for (const auto& [key, value] : values)
        PALIMPSEST_CHECK(putValue(m_connection->database, key, value));
    return transaction.commit();
}

base::Result<std::optional<base::Fingerprint>> ProjectFile::stageKey(std::string_view stage) const
{
    PALIMPSEST_TRY(statement, m_connection->database.prepare("SELECT high, low FROM stage WHERE name = ?1"));
    statement.bind(1, stage);
    PALIMPSEST_TRY(found, statement.step());
    if (!found)
        return std::optional<base::Fingerprint>();
    return std::optional(base::Fingerprint{
        static_cast<std::uint64_t>(statement.number(0)), static_cast<std::uint64_t>(statement.number(1))});
}

base::Status ProjectFile::writeTokens(const corpus::TokenTable& tokens, const base::Fingerprint& key)
{
    Database& database = m_connection->database;
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    PALIMPSEST_CHECK(database.execute(
        "DELETE FROM token_array; DELETE FROM linkage; DELETE FROM imported_cut; DELETE FROM imported_file"));
    PALIMPSEST_CHECK(forgetStages(database, "*"));

    const corpus::CorpusParts& parts = tokens.corpus().parts();
    PALIMPSEST_CHECK(putArray(database, array::kVocabularyLengths, packLengths(parts.vocabulary)));
    PALIMPSEST_CHECK(putArray(database, array::kVocabularyText, packCharacters(parts.vocabulary)));
    PALIMPSEST_CHECK(putArray(database, array::kWords, packNumbers(parts.words)));
    PALIMPSEST_CHECK(putArray(database, array::kSentenceStart, packNumbers(parts.sentenceStart)));
    PALIMPSEST_CHECK(putArray(database, array::kSentenceClass, packSigned(parts.sentenceClass)));
    PALIMPSEST_CHECK(putArray(database, array::kSentenceLine, packNumbers(parts.sourceLine)));
    if (!parts.firstTextWords.empty())
        PALIMPSEST_CHECK(putArray(database, array::kFirstTextWords, packNumbers(parts.firstTextWords)));
    PALIMPSEST_CHECK(putArray(database, array::kClassLengths, packLengths(parts.classNames)));
    PALIMPSEST_CHECK(putArray(database, array::kClassText, packCharacters(parts.classNames)));

    std::vector<std::uint32_t> sentences, positions;
    sentences.reserve(tokens.size());
    positions.reserve(tokens.size());
    for (const corpus::Token& token : tokens.rows()) {
        sentences.push_back(static_cast<std::uint32_t>(token.sentence));
        positions.push_back(token.position);
    }
    PALIMPSEST_CHECK(putArray(database, array::kRowSentence, packNumbers(sentences)));
    PALIMPSEST_CHECK(putArray(database, array::kRowPosition, packNumbers(positions)));
    PALIMPSEST_CHECK(putStageKey(database, kTokensStage, key));
    return transaction.commit();
}

base::Result<std::shared_ptr<const corpus::TokenTable>> ProjectFile::readTokens() const
{
    Database& database = m_connection->database;
    const fs::path& file = m_connection->path;
    PALIMPSEST_TRY(key, stageKey(kTokensStage));
    if (!key) {
        return Error{ErrorCode::NotFound, file.string() + " has no corpus yet; run the study first"};
    }
    corpus::CorpusParts parts;
    PALIMPSEST_TRY(vocabulary, getStrings(database, file, array::kVocabularyLengths, array::kVocabularyText));
    PALIMPSEST_TRY(words, getNumbers(database, file, array::kWords));
    PALIMPSEST_TRY(starts, getNumbers(database, file, array::kSentenceStart));
    PALIMPSEST_TRY(classBytes, getArray(database, file, array::kSentenceClass));
    PALIMPSEST_TRY(lines, getNumbers(database, file, array::kSentenceLine));
    PALIMPSEST_TRY(classNames, getStrings(database, file, array::kClassLengths, array::kClassText));
    PALIMPSEST_TRY(pairs, hasArray(database, array::kFirstTextWords));
    if (pairs) {
        PALIMPSEST_TRY(firstTextWords, getNumbers(database, file, array::kFirstTextWords));
        parts.firstTextWords = std::move(firstTextWords);
    }
    auto classes = unpackSigned(classBytes);
    if (!classes)
        return damaged(file, "the classes of its sentences have a wrong size");
    parts.vocabulary = std::move(vocabulary);
    parts.words = std::move(words);
    parts.sentenceStart = std::move(starts);
    parts.sentenceClass = std::move(*classes);
    parts.sourceLine = std::move(lines);
    parts.classNames = std::move(classNames);
    auto corpus = corpus::Corpus::fromParts(std::move(parts));
    if (!corpus)
        return damaged(file, corpus.error().message);
    PALIMPSEST_TRY(rows, getRows(database, file, *corpus.value()));
    auto table = corpus::TokenTable::fromRows(corpus.value(), std::move(rows));
    if (!table)
        return damaged(file, table.error().message);
    return table;
}

base::Status ProjectFile::writeLinkage(
    Side side, int layer, const cluster::Linkage& linkage, const base::Fingerprint& key)
{
    Database& database = m_connection->database;
    const Bytes merges = packMerges(linkage.merges());
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    PALIMPSEST_TRY(statement,
        database.prepare("INSERT INTO linkage (side, layer, leaf_count, merges) VALUES (?1, ?2, ?3, ?4) "
                         "ON CONFLICT (side, layer) DO UPDATE SET leaf_count = ?3, merges = ?4"));
    statement.bind(1, static_cast<std::int64_t>(side));
    statement.bind(2, static_cast<std::int64_t>(layer));
    statement.bind(3, static_cast<std::int64_t>(linkage.leafCount()));
    statement.bind(4, std::span<const std::byte>(merges));
    PALIMPSEST_CHECK(statement.run());
    PALIMPSEST_CHECK(putStageKey(database, linkageStage(side, layer), key));
    return transaction.commit();
}

base::Result<cluster::Linkage> ProjectFile::readLinkage(Side side, int layer) const
{
    PALIMPSEST_TRY(statement,
        m_connection->database.prepare(
            "SELECT leaf_count, merges FROM linkage WHERE side = ?1 AND layer = ?2"));
    statement.bind(1, static_cast<std::int64_t>(side));
    statement.bind(2, static_cast<std::int64_t>(layer));
    PALIMPSEST_TRY(found, statement.step());
    const std::string what
        = "layer " + std::to_string(layer) + " of the " + std::string(sideName(side)) + " model";
    if (!found) {
        return Error{ErrorCode::NotFound,
            m_connection->path.string() + " has no linkage of " + what + "; run the study with this layer"};
    }
    const std::int64_t leaves = statement.number(0);
    if (leaves < 2)
        return damaged(m_connection->path, "the linkage of " + what + " is too small");
    auto merges = unpackMerges(statement.blob(1), static_cast<std::size_t>(leaves - 1));
    if (!merges)
        return damaged(m_connection->path, "the linkage of " + what + " has a wrong size or height");
    auto linkage = cluster::Linkage::fromMerges(std::move(*merges));
    if (!linkage)
        return damaged(m_connection->path, "the linkage of " + what + ": " + linkage.error().message);
    return linkage;
}

base::Result<std::vector<LinkageEntry>> ProjectFile::linkages() const
{
    PALIMPSEST_TRY(statement,
        m_connection->database.prepare("SELECT side, layer, leaf_count FROM linkage ORDER BY side, layer"));
    std::vector<LinkageEntry> entries;
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            return entries;
        const std::int64_t side = statement.number(0);
        const std::int64_t layer = statement.number(1);
        const std::int64_t leaves = statement.number(2);
        if (side < 0 || side > 1 || layer < 0 || layer > 0xffff || leaves < 2)
            return damaged(m_connection->path, "its list of linkages holds impossible numbers");
        entries.push_back(
            {static_cast<Side>(side), static_cast<int>(layer), static_cast<std::size_t>(leaves)});
    }
}

base::Status ProjectFile::dropLinkage(Side side, int layer)
{
    Database& database = m_connection->database;
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    PALIMPSEST_TRY(statement, database.prepare("DELETE FROM linkage WHERE side = ?1 AND layer = ?2"));
    statement.bind(1, static_cast<std::int64_t>(side));
    statement.bind(2, static_cast<std::int64_t>(layer));
    PALIMPSEST_CHECK(statement.run());
    PALIMPSEST_CHECK(forgetStages(database, linkageStage(side, layer)));
    return transaction.commit();
}

base::Status ProjectFile::writeWarnings(std::string_view stage, const std::vector<std::string>& warnings)
{
    Database& database = m_connection->database;
    PALIMPSEST_TRY(transaction, Transaction::begin(database));
    PALIMPSEST_TRY(remove, database.prepare("DELETE FROM warning WHERE stage = ?1"));
    remove.bind(1, stage);
    PALIMPSEST_CHECK(remove.run());
    PALIMPSEST_TRY(insert, database.prepare("INSERT INTO warning (stage, sentence) VALUES (?1, ?2)"));
    for (const std::string& warning : warnings) {
        insert.bind(1, stage);
        insert.bind(2, std::string_view(warning));
        PALIMPSEST_CHECK(insert.run());
        insert.reset();
    }
    return transaction.commit();
}

base::Result<std::vector<std::string>> ProjectFile::warnings() const
{
    PALIMPSEST_TRY(
        statement, m_connection->database.prepare("SELECT sentence FROM warning ORDER BY position"));
    std::vector<std::string> warnings;
    while (true) {
        PALIMPSEST_TRY(found, statement.step());
        if (!found)
            return warnings;
        warnings.emplace_back(statement.text(0));
    }
}

} // namespace palimpsest::project
