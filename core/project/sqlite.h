#pragma once
// SQLite's C interface behind the core's error channel; private to this module.
// Thread: a Database and its statements belong to one thread at a time.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace palimpsest::project {

/// A prepared statement. Parameters and columns are numbered as in SQLite: from 1 and from 0.
class Statement {
public:
    /// Bound memory must outlive the next step(). A failed bind is reported by step().
    void bind(int parameter, std::int64_t number);
    void bind(int parameter, std::string_view text);
    void bind(int parameter, std::span<const std::byte> blob);

    /// True: a row is there to be read. False: done.
    [[nodiscard]] base::Result<bool> step();
    /// For statements without rows.
    [[nodiscard]] base::Status run();
    /// Ready for other parameters.
    void reset();

    [[nodiscard]] std::int64_t number(int column) const;
    /// Valid until the next step(); empty for NULL.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::span<const std::byte> blob(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(sqlite3_stmt* statement, const std::filesystem::path& file);
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    std::filesystem::path m_file;
    int m_bindCode = 0;
};

class Database {
public:
    enum class Access : std::uint8_t { ReadOnly, ReadWrite, Create };

    /// Opens with SQLite's defences against hostile schemas on, one file (no write-ahead log) and a wait of a
    /// few seconds for other programs. Fails with NotFound, Unreadable, Malformed, DiskFull or WriteFailed.
    /// `nameInErrors` is what sentences call the file.
    [[nodiscard]] static base::Result<Database> open(
        const std::filesystem::path& file, Access access, const std::filesystem::path& nameInErrors);

    [[nodiscard]] base::Result<Statement> prepare(std::string_view sql);
    /// Runs several statements and drops their rows.
    [[nodiscard]] base::Status execute(const std::string& sql);
    [[nodiscard]] bool inTransaction() const;
    /// The system or the mode of opening forbids writing.
    [[nodiscard]] bool readOnly() const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    Database(std::unique_ptr<sqlite3, Close> database, const std::filesystem::path& file);
    std::unique_ptr<sqlite3, Close> m_database;
    std::filesystem::path m_file;
};

/// All writes until commit(), or none of them; or reads that all see the same state. Inside another
/// transaction it is a part of that one.
class Transaction {
public:
    enum class Kind : std::uint8_t { Read, Write };
    [[nodiscard]] static base::Result<Transaction> begin(Database& database, Kind kind = Kind::Write);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] base::Status commit();

private:
    Transaction(Database& database, bool nested);
    Database* m_database;
    bool m_nested;
};

} // namespace palimpsest::project
