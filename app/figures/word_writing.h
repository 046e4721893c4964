#pragma once
// How words of the corpus are written wherever they are shown: as they are, or masked.
// Thread: written() from any; changes belong to the GUI thread.

#include <QObject>
#include <QString>

#include <atomic>
#include <string_view>

namespace palimpsest::app {

/// There is one for the program. Whatever paints words or lists them shows them again when it changes.
class WordWriting : public QObject {
    Q_OBJECT

public:
    using Writer = QString (*)(std::string_view utf8);

    static WordWriting& instance();
    QString written(std::string_view utf8) const;
    /// Null: as they are.
    void setWriter(Writer writer);

Q_SIGNALS:
    void changed();

private:
    std::atomic<Writer> m_writer = nullptr;
};

} // namespace palimpsest::app
