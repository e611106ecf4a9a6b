#include "features/places/index_keeper.hpp"

#include "contract/json.hpp"
#include "core/current_failure.hpp"
#include "core/logging.hpp"
#include "features/places/events.hpp"

#include <algorithm>
#include <exception>
#include <span>
#include <stdexcept>
#include <utility>

namespace safargo::places {
namespace {

constexpr std::int64_t documents_per_call = 200;

auto key_of(const PlaceMark& mark) {
    return std::pair(mark.kind, std::string_view(mark.code));
}

PlaceMark mark_in(const db::OutboxMessage& message) {
    const auto changed = contract::parse_json<PlaceChanged>(message.payload);
    if (!changed) throw std::invalid_argument("not a change of a place");
    return {changed->kind, changed->code.str(), changed->version};
}

}  // namespace

IndexDifference compare(std::vector<PlaceMark> table, std::vector<PlaceMark> index) {
    std::ranges::sort(table);
    std::ranges::sort(index);
    IndexDifference difference;
    auto known = index.begin();
    for (PlaceMark& mark : table) {
        for (; known != index.end() && key_of(*known) < key_of(mark); ++known) difference.abundant.push_back(*known);
        const bool is_known = known != index.end() && key_of(*known) == key_of(mark);
        if (!is_known || known->version < mark.version) difference.wanting.push_back(mark);
        if (is_known) ++known;
    }
    difference.abundant.insert(difference.abundant.end(), known, index.end());
    return difference;
}

db::Subscription IndexKeeper::subscription() {
    return {.name = "places.search_index",
            .handlings = {{place_changed, [this](db::OutboxMessage message) { return apply(std::move(message)); }}},
            // A later repair makes up for what was given up.
            .giving_up = db::GivingUp::forgets};
}

// By what the table says now, whatever the event saw: an event that comes late does no harm.
Task<void> IndexKeeper::apply(db::OutboxMessage message) {
    if (!index_) co_return;
    const PlaceMark mark = mark_in(message);
    std::vector<PlaceDocument> documents = co_await rows_.documents_of(database_, {mark});
    if (documents.empty()) {
        co_await index_->remove({mark});
    } else {
        co_await index_->write(std::move(documents));
    }
}

Task<RebuildReport> IndexKeeper::rebuild(RebuildProgress progress) {
    const auto total = static_cast<std::size_t>(co_await rows_.count(database_));
    const std::string fresh = co_await index_->begin_rebuild();
    RebuildReport report;
    std::exception_ptr failure;
    try {
        report.documents = co_await fill(fresh, total, std::move(progress));
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        co_await abandon(fresh);
        std::rethrow_exception(failure);
    }
    co_await index_->finish_rebuild(fresh);
    // Changes that were written to the old index while the new one was filled. (An index that still is not there is no
    // reason to build yet another at once.)
    if (auto indexed = co_await index_->marks()) co_await catch_up(std::move(*indexed));
    log::info("place_index_rebuilt", {{"documents", static_cast<long long>(report.documents)}});
    co_return report;
}

Task<std::size_t> IndexKeeper::fill(std::string fresh, std::size_t total, RebuildProgress progress) {
    std::size_t done = 0;
    std::optional<PlaceMark> after;
    progress(0, total);
    for (;;) {
        std::vector<PlaceDocument> page = co_await rows_.documents(database_, after, documents_per_call);
        if (page.empty()) co_return done;
        after = PlaceMark{page.back().kind, page.back().code, page.back().version};
        done += page.size();
        co_await index_->fill(fresh, std::move(page));
        progress(done, std::max(total, done));
    }
}

// It is tried again each minute: what each attempt leaves behind would fill the node.
Task<void> IndexKeeper::abandon(std::string fresh) {
    try {
        co_await index_->abandon_rebuild(std::move(fresh));
    } catch (...) {
        log::warning("place_index_not_abandoned", {{"what", std::string_view(describe_current_failure())}});
    }
}

Task<void> IndexKeeper::repair() {
    std::optional<std::vector<PlaceMark>> indexed = co_await index_->marks();
    if (indexed) {
        co_await catch_up(std::move(*indexed));
    } else {
        co_await rebuild([](std::size_t, std::size_t) {});
    }
}

Task<void> IndexKeeper::catch_up(std::vector<PlaceMark> indexed) {
    std::vector<PlaceMark> table = co_await rows_.marks(database_);
    co_await write_difference(compare(std::move(table), std::move(indexed)));
}

Task<void> IndexKeeper::write_difference(IndexDifference difference) {
    if (difference.wanting.empty() && difference.abundant.empty()) co_return;
    log::info("place_index_repaired", {{"written", static_cast<long long>(difference.wanting.size())},
                                       {"removed", static_cast<long long>(difference.abundant.size())}});
    std::span<const PlaceMark> wanting = difference.wanting;
    while (!wanting.empty()) {
        const auto part = wanting.first(std::min<std::size_t>(wanting.size(), documents_per_call));
        co_await index_->write(co_await rows_.documents_of(database_, {part.begin(), part.end()}));
        wanting = wanting.subspan(part.size());
    }
    // A document that came back meanwhile is newer than this and stays.
    if (!difference.abundant.empty()) co_await index_->remove(std::move(difference.abundant));
}

}  // namespace safargo::places
