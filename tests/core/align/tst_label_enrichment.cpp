// Labels at every node of a tree: against counting the leaves below each node one by one.

#include "align/label_enrichment.h"
#include "core/label/label_fixture.h"
#include "support/reference.h"

using namespace palimpsest;

namespace {

struct Random {
    std::uint64_t state = 12345;
    std::uint32_t below(std::uint32_t bound)
    {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>((state >> 33) % bound);
    }
};

cluster::Linkage randomTree(std::int32_t leaves, Random& random)
{
    std::vector<std::int32_t> roots(static_cast<std::size_t>(leaves));
    std::vector<std::int32_t> sizes(roots.size(), 1);
    std::iota(roots.begin(), roots.end(), 0);
    std::vector<cluster::Merge> merges;
    while (roots.size() > 1) {
        std::array<std::int32_t, 2> pair{};
        for (std::int32_t& node : pair) {
            const auto at = random.below(static_cast<std::uint32_t>(roots.size()));
            node = roots[at];
            roots.erase(roots.begin() + at);
        }
        std::sort(pair.begin(), pair.end());
        const std::int32_t size
            = sizes[static_cast<std::size_t>(pair[0])] + sizes[static_cast<std::size_t>(pair[1])];
        merges.push_back({pair[0], pair[1], static_cast<double>(merges.size()), size});
        roots.push_back(static_cast<std::int32_t>(sizes.size()));
        sizes.push_back(size);
    }
    return cluster::Linkage::fromMerges(std::move(merges)).value();
}

} // namespace

class LabelEnrichmentTest : public QObject {
    Q_OBJECT

private slots:
    void everyNodeEqualsCountingItsLeaves();
    void aTreeOfAnotherCorpusIsRefused();
};

void LabelEnrichmentTest::everyNodeEqualsCountingItsLeaves()
{
    Random random;
    constexpr std::size_t kLeaves = 200;
    label::LabelTableBuilder builder("Set");
    for (std::size_t row = 0; row < kLeaves; ++row) {
        for (std::uint32_t label = random.below(3); label > 0; --label)
            builder.add("L" + std::to_string(random.below(12)));
        builder.endRow();
    }
    const auto table = std::move(builder).finish().value();
    const cluster::Linkage tree = randomTree(kLeaves, random);
    const auto enriched = align::enrich(tree, *table, {});
    VERIFY_RESULT(enriched);
    QCOMPARE(enriched.value().nodes.size(), 2 * kLeaves - 1);

    std::vector<std::vector<std::size_t>> below(kLeaves);
    for (std::size_t leaf = 0; leaf < kLeaves; ++leaf)
        below[leaf] = {leaf};
    for (const cluster::Merge& merge : tree.merges()) {
        auto both = below[static_cast<std::size_t>(merge.left)];
        const auto& right = below[static_cast<std::size_t>(merge.right)];
        both.insert(both.end(), right.begin(), right.end());
        below.push_back(std::move(both));
    }
    std::vector<std::size_t> totals(table->labelCount(), 0);
    for (const label::LabelId label : table->parts().labels)
        ++totals[label];
    std::vector<double> bestF1(table->labelCount(), 0.0);
    for (std::size_t node = 0; node < below.size(); ++node) {
        std::vector<std::size_t> counts(table->labelCount(), 0);
        for (const std::size_t leaf : below[node]) {
            for (const label::LabelId label : table->labelsOf(base::toId<base::TokenId>(leaf)))
                ++counts[label];
        }
        const auto best = std::max_element(counts.begin(), counts.end());
        const align::NodeLabel& found = enriched.value().nodes[node];
        QCOMPARE(static_cast<std::size_t>(found.count), *best);
        QCOMPARE(found.best.has_value(), *best > 0);
        if (found.best) {
            const auto label = static_cast<std::size_t>(best - counts.begin());
            QCOMPARE(static_cast<std::size_t>(*found.best), label);
            const double share = static_cast<double>(*best) / static_cast<double>(below[node].size());
            QCOMPARE(found.share, share);
            QCOMPARE(found.lift, share * kLeaves / static_cast<double>(totals[label]));
        }
        for (std::size_t label = 0; label < counts.size(); ++label) {
            bestF1[label] = std::max(bestF1[label],
                2.0 * static_cast<double>(counts[label])
                    / static_cast<double>(below[node].size() + totals[label]));
        }
    }
    for (std::size_t label = 0; label < bestF1.size(); ++label)
        QCOMPARE(enriched.value().homes[label].f1, bestF1[label]);
}

void LabelEnrichmentTest::aTreeOfAnotherCorpusIsRefused()
{
    Random random;
    label::LabelTableBuilder builder("Set");
    builder.endRow();
    const auto table = std::move(builder).finish().value();
    QCOMPARE(align::enrich(randomTree(5, random), *table, {}).error().code, base::ErrorCode::ShapeMismatch);
}

QTEST_APPLESS_MAIN(LabelEnrichmentTest)
#include "tst_label_enrichment.moc"
