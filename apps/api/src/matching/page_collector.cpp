#include "matching/page_collector.hpp"

#include <algorithm>
#include <functional>

namespace safargo::matching {
namespace {

MatchedStop stop_of(const Route& route, std::size_t number, double away_m) {
    return {static_cast<int>(number), route.stops()[number].at, std::string(route.label(number)), away_m};
}

int seats_left(const TripHead& head, const Part& part) {
    int least = head.seats_on(part.pickup);
    for (std::size_t leg = part.pickup + 1; leg < part.dropoff; ++leg) least = std::min(least, head.seats_on(leg));
    return least;
}

Match describe(const Found& found) {
    const auto& [head, name, part, score] = found;
    const bool instant_booking = (head->bits & trip_bits::instant) != 0;
    return {.trip = name->trip,
            .version = name->version,
            .driver = name->driver,
            .booking_mode = instant_booking ? BookingMode::instant : BookingMode::approval,
            .pickup = stop_of(*head->route, part.pickup, part.from_m),
            .dropoff = stop_of(*head->route, part.dropoff, part.to_m),
            .price = Dinars{part.price},
            .seats_left = seats_left(*head, part),
            .departure = instant(part.pickup_us),
            .duration = std::chrono::microseconds(part.duration_us),
            .score = score};
}

}  // namespace

double sort_key(const Found& found, Sort sort) {
    switch (sort) {
        case Sort::relevance:
            return -found.score;
        case Sort::departure:
            return static_cast<double>(found.part.pickup_us);
        case Sort::price:
            return static_cast<double>(found.part.price);
        case Sort::proximity:
            return found.part.away_m();
        case Sort::duration:
            return static_cast<double>(found.part.duration_us);
    }
    return 0;
}

PageCollector::PageCollector(const Query& query) : limit_(query.limit), after_(query.after) {
    const auto expected = std::min<std::size_t>(limit_, 128);
    ranked_.reserve(expected);
    found_.reserve(expected);
}

bool PageCollector::wants(double key) {
    ++total_;
    if (after_ && key < after_->key) return false;
    if (ranked_.size() < limit_ || (limit_ > 0 && key <= ranked_.front().key)) return true;
    ++left_out_;
    return false;
}

bool PageCollector::is_seen(double key, const Found& found) const {
    return after_ && key == after_->key && found.name->trip <= after_->trip;
}

void PageCollector::add(double key, const Found& found) {
    if (is_seen(key, found)) return;
    const auto order = std::bind_front(&PageCollector::before, this);
    if (ranked_.size() < limit_) {
        ranked_.push_back({key, static_cast<std::uint32_t>(found_.size())});
        found_.push_back(found);
    } else {
        ++left_out_;
        const Ranked& last = ranked_.front();
        if (key == last.key && found.name->trip >= trip(last)) return;
        std::ranges::pop_heap(ranked_, order);
        ranked_.back().key = key;
        found_[ranked_.back().slot] = found;
    }
    std::ranges::push_heap(ranked_, order);
}

Page PageCollector::finish() {
    for (const Found& found : found_) __builtin_prefetch(found.name);
    std::ranges::sort_heap(ranked_, std::bind_front(&PageCollector::before, this));
    Page page;
    page.total = total_;
    page.items.reserve(ranked_.size());
    for (const Ranked& ranked : ranked_) page.items.push_back(describe(found_[ranked.slot]));
    if (left_out_ > 0 && !ranked_.empty()) page.next = Position{ranked_.back().key, trip(ranked_.back())};
    return page;
}

}  // namespace safargo::matching
