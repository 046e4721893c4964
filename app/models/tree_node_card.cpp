#include "models/tree_node_card.h"

#include <QStringList>

#include <algorithm>
#include <numeric>

#include "bridge/job_controller.h"
#include "figures/word_writing.h"
#include "models/concept_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kTopWords = 8;
constexpr std::size_t kClasses = 3;

} // namespace

struct TreeNodeCard::Counted {
    std::vector<concepts::WordCount> words;
    std::vector<std::size_t> classes;
};

TreeNodeCard::TreeNodeCard(QObject* parent)
    : QObject(parent)
{
    connect(&WordWriting::instance(), &WordWriting::changed, this, [this] {
        if (!m_counted)
            return;
        adopt(m_counted);
        Q_EMIT nodeChanged();
    });
}

TreeNodeCard::~TreeNodeCard() = default;

void TreeNodeCard::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    if (annotations)
        connect(annotations, &Annotations::changed, this, &TreeNodeCard::nodeChanged);
    Q_EMIT nodeChanged();
}

QString TreeNodeCard::numberAndName() const
{
    const base::ClusterId id = tree().conceptAt(m_node);
    const QString number = QString::number(base::toIndex(id));
    const QString title = conceptTitle(
        m_annotations, *m_snapshot->comparison, {m_fineTuned ? Selection::FineTuned : Selection::Base, id});
    return title == conceptTitle(id) ? number : tr("%1 “%2”").arg(number, title);
}

void TreeNodeCard::setNode(const Snapshot& snapshot, bool fineTuned, layout::Node node)
{
    const bool known = snapshot && (fineTuned ? snapshot->b : snapshot->a)->contains(node);
    if (!known && !isValid())
        return;
    const bool sameTree = known && m_snapshot && fineTuned == m_fineTuned && node == m_node
        && (fineTuned ? snapshot->b : snapshot->a) == (m_fineTuned ? m_snapshot->b : m_snapshot->a);
    m_snapshot = known ? snapshot : nullptr;
    m_fineTuned = known && fineTuned;
    m_node = known ? node : -1;
    Q_EMIT nodeChanged();
    if (sameTree)
        return;
    const int generation = ++m_generation;
    if (!known) {
        adopt(nullptr);
        return;
    }
    const auto count = [tree = fineTuned ? snapshot->b : snapshot->a, node] {
        return std::make_shared<const Counted>(
            Counted{layout::wordsUnder(*tree, node), layout::classesUnder(*tree, node)});
    };
    if (!m_jobs) {
        adopt(count());
        return;
    }
    m_jobs->cancel(m_job);
    using Answer = std::shared_ptr<const Counted>;
    m_job = m_jobs->start<Answer>(
        {}, this, [count](const base::JobContext&) -> base::Result<Answer> { return count(); },
        [this, generation](const base::Result<Answer>& counted) {
            if (counted && generation == m_generation)
                adopt(counted.value());
        });
}

void TreeNodeCard::adopt(const std::shared_ptr<const Counted>& counted)
{
    m_counted = counted;
    m_topWords.clear();
    m_classText.clear();
    if (!isValid() || !counted) {
        m_words.clear();
        Q_EMIT wordsChanged();
        return;
    }
    const auto& comparison = *m_snapshot->comparison;
    const auto& concepts = m_fineTuned ? comparison.b : comparison.a;
    std::vector<ComparedWord> words;
    words.reserve(counted->words.size());
    for (const auto& [word, count] : counted->words)
        words.push_back({word, m_fineTuned ? 0 : count, m_fineTuned ? count : 0});
    QStringList top;
    for (std::size_t i = 0; i < std::min(kTopWords, counted->words.size()); ++i)
        top.append(wordText(*concepts, counted->words[i].word));
    m_topWords
        = tree().isLeaf(m_node) ? sentenceOf(tree().leaves(m_node).front()) : top.join(QStringLiteral(", "));
    // The largest ones: a corpus may have hundreds of classes.
    std::vector<std::size_t> order(counted->classes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
        [&counted](std::size_t x, std::size_t y) { return counted->classes[x] > counted->classes[y]; });
    order.resize(std::min(order.size(), kClasses));
    std::erase_if(order, [&counted](std::size_t index) { return counted->classes[index] == 0; });
    QStringList classes;
    for (const std::size_t index : order) {
        const double share
            = static_cast<double>(counted->classes[index]) / static_cast<double>(tree().size(m_node));
        classes.append(tr("%1 %2").arg(
            percentText(share), classText(concepts->tokens().corpus(), static_cast<int>(index))));
    }
    m_classText = classes.join(QStringLiteral(", "));
    m_words.setWords(concepts, std::move(words));
    Q_EMIT wordsChanged();
}

QString TreeNodeCard::sentenceOf(base::TokenId token) const
{
    const auto& tokens = m_snapshot->comparison->a->tokens();
    return shownText(tokens.corpus().text(tokens.token(token).sentence));
}

const layout::TreeLayout& TreeNodeCard::tree() const
{
    return m_fineTuned ? *m_snapshot->b : *m_snapshot->a;
}

bool TreeNodeCard::isCollapsible() const
{
    return isValid() && !tree().isLeaf(m_node);
}

bool TreeNodeCard::isCollapsed() const
{
    return isValid() && tree().isCollapsed(m_node);
}

QString TreeNodeCard::title() const
{
    if (!isValid())
        return {};
    const auto& tree = this->tree();
    if (tree.isAboveCut(m_node)) {
        const auto [first, last] = tree.conceptRange(m_node);
        return (m_fineTuned ? tr("Fine-tuned subtree of %1 concepts") : tr("Base subtree of %1 concepts"))
            .arg(countText(last - first));
    }
    const QString id = numberAndName();
    if (tree.isConcept(m_node))
        return (m_fineTuned ? tr("Fine-tuned concept %1") : tr("Base concept %1")).arg(id);
    if (tree.isLeaf(m_node)) {
        const auto& concepts = tree.conceptSet();
        return (m_fineTuned ? tr("“%1” in fine-tuned concept %2") : tr("“%1” in base concept %2"))
            .arg(wordText(concepts, concepts.tokens().token(tree.leaves(m_node).front()).word), id);
    }
    return (m_fineTuned ? tr("Part of fine-tuned concept %1") : tr("Part of base concept %1")).arg(id);
}

QString TreeNodeCard::subtitle() const
{
    if (!isValid())
        return {};
    const QString size = occurrencesText(tree().size(m_node));
    if (tree().isLeaf(m_node))
        return size;
    return tr("%1, joined at height %2").arg(size, QString::number(tree().height(m_node), 'g', 4));
}

int TreeNodeCard::status() const
{
    if (!isOneConcept())
        return -1;
    const auto& alignment = m_snapshot->comparison->alignment;
    const std::size_t id = base::toIndex(tree().conceptAt(m_node));
    return static_cast<int>((m_fineTuned ? alignment.b : alignment.a)[id].status);
}

QString TreeNodeCard::statusLetterText() const
{
    return status() < 0 ? QString() : statusLetter(static_cast<align::Status>(status()));
}

QString TreeNodeCard::statusWord() const
{
    return status() < 0 ? QString() : app::statusText(static_cast<align::Status>(status()));
}

} // namespace palimpsest::app
