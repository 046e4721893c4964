#pragma once
// What the tests of the Concepts and Alignment views are given: a browser and a selection over hand-made
// concepts. Thread: GUI.

#include <QObject>

#include "concept_fixture.h"
#include "models/concept_browser.h"
#include "view_setup.h"

namespace palimpsest::testing {

/// The QML singleton Palimpsest.Testing/Fixture.
class ViewFixture : public QObject {
    Q_OBJECT
    Q_PROPERTY(palimpsest::app::ConceptBrowser* browser READ browser CONSTANT)
    Q_PROPERTY(palimpsest::app::Selection* selection READ selection CONSTANT)

public:
    ViewFixture() { m_browser.setSelection(&m_selection); }

    app::ConceptBrowser* browser() { return &m_browser; }
    app::Selection* selection() { return &m_selection; }

    /// As if a project of movie reviews were open; see reviewTokens().
    Q_INVOKABLE void showReviews() { m_browser.setSnapshot(compare(m_tokens, byKind(), byKindAndClass())); }
    /// `k` concepts per model, those from `changedFrom` on changed by fine-tuning.
    Q_INVOKABLE void showMany(int k, int changedFrom)
    {
        m_browser.setSnapshot(
            largeComparison(static_cast<std::size_t>(k), static_cast<std::size_t>(changedFrom)));
    }
    Q_INVOKABLE void setTheta(double theta)
    {
        m_browser.setSnapshot(align::withTheta(*m_browser.snapshot(), theta));
    }
    /// As if nothing were open.
    Q_INVOKABLE void close()
    {
        m_browser.setSnapshot(nullptr);
        m_browser.concepts()->clearFilter();
        m_selection.clear();
        m_selection.setShown(app::Selection::ShowBoth);
    }

private:
    std::shared_ptr<const corpus::TokenTable> m_tokens = reviewTokens();
    app::Selection m_selection;
    app::ConceptBrowser m_browser;
};

} // namespace palimpsest::testing
