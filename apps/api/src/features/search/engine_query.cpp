#include "features/search/engine_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>

namespace safargo::search {
namespace {

struct Window {
    Instant begin, end;
};

Window window_of(std::optional<LocalDate> date, std::int64_t flex_days, Instant now) {
    if (!date) return {now, now + std::chrono::days{open_window_days}};
    return {date->begins() - std::chrono::days{flex_days}, date->ends() + std::chrono::days{flex_days}};
}

std::optional<matching::HourRange> hours_of(const SearchQuery& wanted) {
    if (!wanted.hour_from && !wanted.hour_to) return std::nullopt;
    matching::HourRange range;
    if (wanted.hour_from) range.begin = static_cast<int>(wanted.hour_from->value());
    if (wanted.hour_to) range.end = static_cast<int>(wanted.hour_to->value());
    return range;
}

matching::Filters filters_of(const SearchQuery& wanted) {
    matching::Filters filters;
    filters.price_max = wanted.price_max;
    filters.pickup_hours = hours_of(wanted);
    filters.instant_only = wanted.instant.value_or(false);
    filters.verified_only = wanted.verified.value_or(false);
    filters.women_only = wanted.women_only.value_or(false);
    filters.smoking = wanted.smoking;
    filters.pets = wanted.pets;
    filters.music = wanted.music;
    filters.max_two_back = wanted.max_two_back;
    filters.talk = wanted.talk;
    filters.luggage = wanted.luggage;
    if (wanted.min_rating) filters.min_rating = static_cast<float>(wanted.min_rating->value());
    filters.place = wanted.place_id;
    return filters;
}

}  // namespace

matching::Query engine_query(const SearchQuery& wanted, Instant now, bool sees_women_only) {
    const Window window = window_of(wanted.date, wanted.flex_days ? wanted.flex_days->value() : 0, now);
    matching::Query query;
    query.from = wanted.from;
    query.to = wanted.to;
    if (wanted.radius_km) query.radius_m = 1'000.0 * static_cast<double>(wanted.radius_km->value());
    query.begin = window.begin;
    query.end = window.end;
    query.now = now;
    query.seats = wanted.seats ? static_cast<int>(wanted.seats->value()) : 1;
    query.sees_women_only = sees_women_only;
    query.filters = filters_of(wanted);
    query.sort = static_cast<matching::Sort>(wanted.sort.value_or(SortBy::relevance));
    query.limit = wanted.limit ? static_cast<std::size_t>(wanted.limit->value()) : 20;
    return query;
}

matching::Query engine_query(const NearQuery& wanted, Instant now, bool sees_women_only) {
    const Window window = window_of(wanted.date, 0, now);
    matching::Query query;
    query.from = wanted.near;
    query.radius_m = 1'000.0 * static_cast<double>(wanted.radiusKm ? wanted.radiusKm->value() : 50);
    query.begin = window.begin;
    query.end = window.end;
    query.now = now;
    query.seats = wanted.seats ? static_cast<int>(wanted.seats->value()) : 1;
    query.sees_women_only = sees_women_only;
    query.sort = matching::Sort::departure;
    query.limit = 100;
    return query;
}

std::string fingerprint(const SearchQuery& wanted, bool sees_women_only) {
    SearchQuery named = wanted;
    named.cursor.reset();
    named.limit.reset();
    std::string text = sees_women_only ? "w" : "-";
    contract::Writer out(text);
    contract::Codec<SearchQuery>::print(out, named);
    return text;
}

std::string print_position(const matching::Position& position) {
    return fmt::format("{:016x}{}", std::bit_cast<std::uint64_t>(position.key), position.trip.str());
}

std::optional<matching::Position> parse_position(std::string_view text) {
    constexpr std::size_t key_size = 16;
    if (text.size() <= key_size) return std::nullopt;
    std::uint64_t bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + key_size, bits, 16);
    const auto trip = TripId::parse(text.substr(key_size));
    if (error != std::errc{} || end != text.data() + key_size || !trip) return std::nullopt;
    return matching::Position{std::bit_cast<double>(bits), *trip};
}

}  // namespace safargo::search
