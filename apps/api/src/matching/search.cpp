#include "matching/search.hpp"

#include "matching/head_filter.hpp"
#include "matching/page_collector.hpp"
#include "matching/part_finder.hpp"
#include "matching/score.hpp"

#include <algorithm>

namespace safargo::matching {
namespace {

// A bit set of the shard's places that appear in certain lists.
class PlaceSet {
public:
    void clear(std::size_t places) { std::fill_n(words_.begin(), (places + 63) / 64, 0); }
    bool insert(Slot place) {
        std::uint64_t& word = words_[place / 64];
        const std::uint64_t before = word;
        word |= std::uint64_t{1} << (place % 64);
        return word != before;
    }
    bool erase(Slot place) {
        std::uint64_t& word = words_[place / 64];
        const std::uint64_t before = word;
        word &= ~(std::uint64_t{1} << (place % 64));
        return word != before;
    }

private:
    std::array<std::uint64_t, max_shard_trips / 64> words_;
};

using Lists = std::vector<std::span<const Slot>>;

std::size_t lists_of(const Disc& disc, const Postings& postings, Lists& into) {
    std::size_t places = 0;
    into.clear();
    for (const CellRange& range : disc.ranges()) {
        const auto list = postings.in(range);
        if (list.empty()) continue;
        into.push_back(list);
        places += list.size();
    }
    return places;
}

class Search {
public:
    explicit Search(const Query& query)
        : query_(query),
          finder_(query),
          filter_(query.filters, query.sees_women_only),
          reach_m_(query.radius_m * (query.to ? 2 : 1)),
          page_(query) {}

    Page over(const Snapshot& snapshot) {
        for (const auto& bucket : snapshot.buckets) {
            if (!in_time(*bucket)) continue;
            for (const LiveShard& live : bucket->shards) visit(live);
        }
        return page_.finish();
    }

private:
    // A side smaller by this factor is examined trip by trip, which is cheaper than marking the other side.
    static constexpr std::size_t lopsided = 16;

    bool in_time(const Bucket& bucket) const {
        return bucket.first_pickup_us <= finder_.last_us() && bucket.last_pickup_us >= finder_.first_us();
    }

    void visit(const LiveShard& live) {
        const Shard& shard = *live.shard;
        const std::size_t pickups = lists_of(finder_.from(), shard.pickups(), pickups_);
        if (pickups == 0) return;
        if (!finder_.to()) return visit_each(live, pickups_);
        const std::size_t dropoffs = lists_of(*finder_.to(), shard.dropoffs(), dropoffs_);
        if (dropoffs == 0) return;
        if (pickups * lopsided < dropoffs) return visit_each(live, pickups_);
        if (dropoffs * lopsided < pickups) return visit_each(live, dropoffs_);
        visit_common(live);
    }

    void visit_each(const LiveShard& live, const Lists& lists) {
        seen_.clear(live.shard->size());
        for (const auto& list : lists) {
            for (const Slot place : list) {
                if (seen_.insert(place)) consider(live, place);
            }
        }
        consider_waiting(live);
    }

    void visit_common(const LiveShard& live) {
        seen_.clear(live.shard->size());
        for (const auto& list : pickups_) {
            for (const Slot place : list) seen_.insert(place);
        }
        for (const auto& list : dropoffs_) {
            for (const Slot place : list) {
                if (seen_.erase(place)) consider(live, place);
            }
        }
        consider_waiting(live);
    }

    // Trips and routes are scattered in memory: prefetching a batch before reading the first hides most of the latency.
    void consider(const LiveShard& live, Slot place) {
        __builtin_prefetch(&live.shard->head(place));
        waiting_[waiting_count_++] = place;
        if (waiting_count_ == waiting_.size()) consider_waiting(live);
    }

    void consider_waiting(const LiveShard& live) {
        std::size_t passed = 0;
        for (std::size_t k = 0; k < waiting_count_; ++k) {
            const TripHead& head = live.shard->head(waiting_[k]);
            if (!filter_.passes(head) || live.is_dead(waiting_[k])) continue;
            __builtin_prefetch(head.route);
            __builtin_prefetch(live.shard->later(head));
            waiting_[passed++] = waiting_[k];
        }
        for (std::size_t k = 0; k < passed; ++k) match(live, waiting_[k]);
        waiting_count_ = 0;
    }

    void match(const LiveShard& live, Slot place) {
        const TripHead& head = live.shard->head(place);
        const auto& wanted_place = query_.filters.place;
        if (wanted_place && *live.shard->destination(place) != *wanted_place) return;
        const auto part = finder_.best(head, live.shard->later(head));
        if (!part) return;
        const Found found{&head, &live.shard->name(place), *part, score_of(head, *part)};
        const double key = sort_key(found, query_.sort);
        if (page_.wants(key)) page_.add(key, found);
    }

    double score_of(const TripHead& head, const Part& part) const {
        const auto stops = head.route->stops();
        return relevance({.away_share = part.away_m() / reach_m_,
                          .metres = stops[part.dropoff].metres_from_start - stops[part.pickup].metres_from_start,
                          .price = part.price,
                          .rating = head.rating,
                          .seconds = static_cast<double>(part.duration_us) / 1e6});
    }

    const Query& query_;
    PartFinder finder_;
    HeadFilter filter_;
    double reach_m_;
    PageCollector page_;
    Lists pickups_;
    Lists dropoffs_;
    PlaceSet seen_;
    std::array<Slot, 32> waiting_;
    std::size_t waiting_count_ = 0;
};

}  // namespace

Page search(const Snapshot& snapshot, const Query& query) {
    return Search(query).over(snapshot);
}

}  // namespace safargo::matching
