// Keeps the first `limit` trips after the cursor in order, whatever order they arrive in.
#pragma once

#include "matching/packed_trip.hpp"
#include "matching/part_finder.hpp"

namespace safargo::matching {

// Pointers to a matching trip, valid while the searched snapshot exists.
struct Found {
    const TripHead* head = nullptr;
    const TripName* name = nullptr;
    Part part{};
    double score = 0;
};

double sort_key(const Found& found, Sort sort);  // smaller keys come first

class PageCollector {
public:
    explicit PageCollector(const Query& query);

    // False if a match with this key cannot enter the page; it is counted anyway.
    bool wants(double key);
    void add(double key, const Found& found);  // only if wants(key)
    Page finish();                             // copies the page's data out of the snapshot

private:
    struct Ranked {  // small, since the heap moves it around
        double key;
        std::uint32_t slot;  // in found_
    };
    // Names are stored apart from heads: they are read for equal keys and for results only.
    const TripId& trip(const Ranked& ranked) const { return found_[ranked.slot].name->trip; }
    bool before(const Ranked& a, const Ranked& b) const { return a.key != b.key ? a.key < b.key : trip(a) < trip(b); }
    bool is_seen(double key, const Found& found) const;  // on an earlier page

    std::size_t limit_;
    std::optional<Position> after_;
    std::size_t total_ = 0;
    std::size_t left_out_ = 0;    // after the cursor, but beyond the page
    std::vector<Ranked> ranked_;  // a heap with the last one on top
    std::vector<Found> found_;
};

}  // namespace safargo::matching
