#include "features/places/place_names.hpp"

#include "contract/json.hpp"
#include "db/outbox.hpp"
#include "features/places/events.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace safargo::places {
namespace {

void publish(db::Transaction& tx, const std::vector<PlaceMark>& marks, Instant now) {
    for (const PlaceMark& mark : marks) {
        const PlaceChanged changed{mark.kind, Text<100>::parse(mark.code).value(), mark.version};
        db::publish(tx, place_changed, {.ordering_key = "place:" + mark.code, .payload = contract::to_json(changed)},
                    now, now);
    }
}

}  // namespace

Task<std::size_t> PlaceNames::refresh(db::Transaction& tx, const geo::GazetteerData& towns, Instant now) {
    const bool is_first = co_await rows_.count(tx) == 0;
    std::vector<NamedRow> wanted = town_rows(towns);
    std::ranges::move(co_await rows_.rows_of_places(tx), std::back_inserter(wanted));
    std::vector<PlaceMark> changed = co_await rows_.save(tx, std::move(wanted));
    std::ranges::move(co_await rows_.remove_strays(tx), std::back_inserter(changed));
    if (!is_first) publish(tx, changed, now);
    co_return changed.size();
}

Task<void> PlaceNames::refresh_place(db::Transaction& tx, std::string slug, Instant now) {
    std::vector<PlaceMark> changed = co_await rows_.save(tx, co_await rows_.rows_of_places(tx, slug));
    std::ranges::move(co_await rows_.remove_strays(tx, slug), std::back_inserter(changed));
    publish(tx, changed, now);
}

}  // namespace safargo::places
