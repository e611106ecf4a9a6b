#include "features/ledger/posting_table.hpp"
#include "testing/properties.hpp"

#include <algorithm>

namespace safargo::ledger {
namespace {

Dinars draw_dinars() {
    return {*rc::gen::inRange<std::int64_t>(0, 100'000'001)};
}

const PostingRule& draw_rule() {
    return posting_table()[*rc::gen::inRange<std::size_t>(0, posting_table().size())];
}

// The parts that a kind may have.
Parts draw_parts(const PostingRule& posting) {
    const auto part = [&](Part which) { return posting.carries(which) ? draw_dinars() : Dinars{0}; };
    return {part(Part::to_driver), part(Part::to_platform), part(Part::to_passenger)};
}

RC_GTEST_PROP(Postings, SumToZeroAndMoveTheWholeWhateverTheAmounts, ()) {
    const PostingRule& posting = draw_rule();
    const Parts parts = draw_parts(posting);
    Dinars sum, debits;
    for (const Entry& entry : entries(posting.kind, parts)) {
        RC_ASSERT(entry.amount != Dinars{0});
        sum += entry.amount;
        debits += std::max(entry.amount, Dinars{0});
    }
    RC_ASSERT(sum == Dinars{0});
    RC_ASSERT(debits == parts.total());
}

RC_GTEST_PROP(Postings, RefuseWhatIsNegativeOrWouldBeLost, ()) {
    const PostingRule& posting = draw_rule();
    Parts parts = draw_parts(posting);
    const Dinars some = draw_dinars() + Dinars{1};
    const auto spoil = [&](Part which, Dinars& part) { part = posting.carries(which) ? -some : some; };
    switch (*rc::gen::inRange(0, 3)) {
        case 0:
            spoil(Part::to_driver, parts.to_driver);
            break;
        case 1:
            spoil(Part::to_platform, parts.to_platform);
            break;
        default:
            spoil(Part::to_passenger, parts.to_passenger);
    }
    RC_ASSERT_THROWS_AS(entries(posting.kind, parts), std::logic_error);
}

}  // namespace
}  // namespace safargo::ledger
