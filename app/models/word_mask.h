#pragma once
// Hides offensive words wherever words are shown.
// Thread: shownWord() from any; changes belong to the GUI thread.

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace palimpsest::app {

/// Which words are offensive. One pattern a line, letter case ignored: `word`, `begin*`, `*end`, `*inside*`;
/// what follows # is a comment.
class WordPatterns {
public:
    [[nodiscard]] static WordPatterns parse(std::string_view lines);
    [[nodiscard]] bool matches(const QString& word) const;
    [[nodiscard]] bool isEmpty() const;

private:
    std::unordered_set<std::string> m_words;
    std::vector<QString> m_begins, m_ends, m_insides;
};

/// A word as it may be shown: as it is, or its first letter and a bullet for each further one while the mask
/// is on and a pattern fits.
[[nodiscard]] QString shownWord(std::string_view utf8);
/// The words of a sentence, each as it may be shown, joined by spaces.
[[nodiscard]] QString shownText(std::string_view wordsBySpaces);
/// What a person wrote, with punctuation and lines: each run of letters, digits and apostrophes as it may be
/// shown.
[[nodiscard]] QString shownProse(const QString& text);

/// The switch of the mask. There is one for the program, since words are shown through one function.
class WordMask : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(bool on READ isOn WRITE setOn NOTIFY changed FINAL)

public:
    /// Reads the user's file of patterns, or the list that comes with the program where there is none.
    explicit WordMask(QObject* parent = nullptr);
    ~WordMask() override;

    /// The one that exists; null where there is none, as in tests of single models.
    static WordMask* instance();
    bool isOn() const { return m_on; }
    void setOn(bool on);
    /// Whether a project should start masked: what it says ("yes", "no"), else whether the names of its
    /// corpus or classes speak of hate, offence, abuse or toxicity.
    static bool suitsProject(
        const QString& setting, const QString& corpusFile, const QStringList& classNames);
    /// Where the user's own patterns are; the file is written with the default list when it is absent.
    /// Empty when it cannot be.
    static QString userFile();
    /// Reads the patterns again.
    Q_INVOKABLE void reload();

Q_SIGNALS:
    void changed(); ///< everything that shows words has to show them again

private:
    void announce();

    bool m_on = false;
};

} // namespace palimpsest::app
