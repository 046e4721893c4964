#include "models/map_picture.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "figures/figure_style.h"
#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kBranches = 8;
constexpr std::size_t kBranchWords = 3;
constexpr std::size_t kNameWords = 2;
constexpr int kAlpha = 205; // lets the crowd shine through
constexpr int kFaintAlpha = 60;

/// Okabe and Ito's palette without black, its yellow darkened for white ground, and Paul Tol's wine.
constexpr std::array<QRgb, kBranches> kLight{
    0xff0072b2, 0xffe69f00, 0xff009e73, 0xffcc79a7, 0xff56b4e9, 0xffd55e00, 0xff999933, 0xff882255};
constexpr std::array<QRgb, kBranches> kDark{
    0xff4aa3df, 0xffe69f00, 0xff2dbe93, 0xffe09cc4, 0xff8fd0f5, 0xfff08548, 0xffd9d162, 0xffde8db4};

QRgb withAlpha(QRgb color, int alpha)
{
    return (color & 0x00ffffffU) | (static_cast<QRgb>(alpha) << 24U);
}

class PictureMaker {
public:
    explicit PictureMaker(const MapPictureRequest& request)
        : m_request(request)
        , m_concepts(conceptsOf(*request.comparison, request.side))
        , m_tokens(m_concepts.tokens())
        , m_palette(request.dark ? kDark : kLight)
    {
    }

    std::shared_ptr<const MapPicture> make()
    {
        m_picture = std::make_shared<MapPicture>();
        m_picture->request = m_request;
        m_picture->colors = colors();
        m_picture->names = names();
        return m_picture;
    }

private:
    template <typename Color>
    ScatterColors byRow(Color&& color) const
    {
        auto colors = std::make_shared<std::vector<QRgb>>(m_tokens.size());
        for (std::size_t row = 0; row < colors->size(); ++row)
            (*colors)[row] = color(base::toId<base::TokenId>(row));
        return colors;
    }

    ScatterColors colors()
    {
        switch (m_request.coloring) {
        case MapColoring::Status:
            return byConcept([this](std::size_t id) {
                const auto& matches = m_request.side == Selection::Base ? m_request.comparison->alignment.a
                                                                        : m_request.comparison->alignment.b;
                return statusColor(matches[id].status).rgb();
            });
        case MapColoring::Class:
            return byRow([this](base::TokenId row) {
                return withAlpha(classColor(m_tokens.classOf(row), m_request.dark).rgb(), kAlpha);
            });
        case MapColoring::Branch:
            return branchColors();
        case MapColoring::Concept:
            return byConcept([this](std::size_t id) { return m_palette[id % kBranches]; });
        case MapColoring::Search:
            break;
        }
        return searchColors();
    }

    template <typename Color>
    ScatterColors byConcept(Color&& color) const
    {
        std::vector<QRgb> ofConcept(m_concepts.conceptCount());
        for (std::size_t id = 0; id < ofConcept.size(); ++id)
            ofConcept[id] = withAlpha(color(id), kAlpha);
        return byRow([&](base::TokenId row) { return ofConcept[base::toIndex(m_concepts.conceptOf(row))]; });
    }

    /// The largest parts of the merge tree, the largest first.
    ScatterColors branchColors()
    {
        const cluster::Partition branches = cluster::cut(*m_request.linkage, kBranches);
        std::vector<std::size_t> sizes(branches.clusterCount, 0);
        std::vector<std::map<base::WordId, std::size_t>> words(branches.clusterCount);
        for (std::size_t row = 0; row < m_tokens.size(); ++row) {
            const std::size_t branch = base::toIndex(branches.clusterOf[row]);
            ++sizes[branch];
            ++words[branch][m_tokens.token(base::toId<base::TokenId>(row)).word];
        }
        std::vector<std::size_t> order(sizes.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(
            order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
        std::vector<QRgb> colorOf(sizes.size());
        for (std::size_t place = 0; place < order.size(); ++place) {
            colorOf[order[place]] = m_palette[place];
            m_picture->legend.push_back({m_palette[place], mostFrequent(words[order[place]])});
        }
        return byRow([&](base::TokenId row) {
            return withAlpha(colorOf[base::toIndex(branches.clusterOf[base::toIndex(row)])], kAlpha);
        });
    }

    QString mostFrequent(const std::map<base::WordId, std::size_t>& counts) const
    {
        std::vector<std::pair<base::WordId, std::size_t>> words(counts.begin(), counts.end());
        std::stable_sort(
            words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
        QStringList text;
        for (std::size_t i = 0; i < std::min(kBranchWords, words.size()); ++i)
            text.append(wordText(words[i].first));
        return text.join(QStringLiteral(", "));
    }

    ScatterColors searchColors()
    {
        const auto& vocabulary = m_tokens.corpus().parts().vocabulary;
        std::vector<bool> holds(vocabulary.size(), false);
        for (std::size_t word = 0; word < vocabulary.size() && !m_request.search.isEmpty(); ++word)
            holds[word]
                = QString::fromStdString(vocabulary[word]).contains(m_request.search, Qt::CaseInsensitive);
        const QRgb strong = modelColor(m_request.side == Selection::FineTuned, m_request.dark).rgb();
        const QRgb faint = withAlpha(m_request.dark ? 0xff85888c : 0xff999999, kFaintAlpha);
        return byRow([&](base::TokenId row) {
            const bool found = holds[base::toIndex(m_tokens.token(row).word)];
            m_picture->found += found ? 1 : 0;
            return found ? strong : faint;
        });
    }

    ScatterNames names() const
    {
        auto names = std::make_shared<std::vector<ScatterName>>();
        std::vector<std::size_t> order(m_concepts.conceptCount());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
            return m_concepts.size(base::toId<base::ClusterId>(a))
                > m_concepts.size(base::toId<base::ClusterId>(b));
        });
        for (const std::size_t id : order)
            names->push_back(nameOf(base::toId<base::ClusterId>(id)));
        return names;
    }

    ScatterName nameOf(base::ClusterId id) const
    {
        ScatterName name;
        name.id = static_cast<int>(base::toIndex(id));
        for (const base::TokenId row : m_concepts.members(id)) {
            name.base += m_request.points->place(base::toIndex(row), 0.0);
            name.fineTuned += m_request.points->place(base::toIndex(row), 1.0);
        }
        const auto size = static_cast<double>(std::max<std::size_t>(m_concepts.size(id), 1));
        name.base /= size;
        name.fineTuned /= size;
        if (const auto given = m_request.given.find(name.id); given != m_request.given.end()) {
            name.text = given->second;
            return name;
        }
        const auto words = m_concepts.words(id);
        QStringList text;
        for (std::size_t i = 0; i < std::min(kNameWords, words.size()); ++i)
            text.append(wordText(words[i].word));
        name.text = text.join(QStringLiteral(", "));
        return name;
    }

    QString wordText(base::WordId word) const { return shownWord(m_tokens.corpus().word(word)); }

    const MapPictureRequest& m_request;
    const concepts::ConceptSet& m_concepts;
    const corpus::TokenTable& m_tokens;
    const std::array<QRgb, kBranches>& m_palette;
    std::shared_ptr<MapPicture> m_picture;
};

} // namespace

base::Result<std::shared_ptr<const MapPicture>> makeMapPicture(
    const MapPictureRequest& request, const base::JobContext& ctx)
{
    if (ctx.stopRequested())
        return base::cancelled();
    return PictureMaker(request).make();
}

} // namespace palimpsest::app
