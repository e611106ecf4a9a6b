#include "features/places/repository.hpp"

#include "features/users/types.hpp"

#include <cmath>

namespace safargo::places {
namespace {

// $1 language, $2 ranking, $3 and $4 what the text search found with its relevance (all places if null), $5 $6 near, $7
// radius in metres, $8..$11 the box (which has the index), $12 type, $13 wilaya, $14 $15 $16 the last row of the page
// before, $17 limit. Distance is core's haversine, to the last bits. World Heritage counts as a hundred visits.
constexpr db::Statement list_places{"place_list", R"(
    select id, slug, name_fr, name_ar, name_en, type, wilaya_code, wilaya_fr, wilaya_ar, wilaya_en, lat, lng, description,
           unesco, rating_sum, rating_count, rank, sort_name, photo_ids
    from (
        select located.*,
            case $2::text
                when 'relevance' then -coalesce(relevance, 0)
                when 'rating' then -coalesce(rating_sum::float8 / nullif(rating_count, 0), 0)
                when 'popularity' then -(popularity + case when unesco then 100 else 0 end)::float8
                when 'distance' then distance
                else 0
            end as rank
        from (
            select p.*, found.relevance, w.name_fr as wilaya_fr, w.name_ar as wilaya_ar, w.name_en as wilaya_en,
                case $1::text when 'ar' then p.description_ar when 'en' then p.description_en
                    else p.description_fr end as description,
                case $1::text when 'ar' then p.name_ar when 'en' then p.name_en
                    else p.name_fr end collate "und-x-icu" as sort_name,
                2 * 6371008.771415 * asin(sqrt(least(1, power(sin(radians(p.lat - $5::float8) / 2), 2) +
                    cos(radians($5)) * cos(radians(p.lat)) * power(sin(radians(p.lng - $6::float8) / 2), 2)))) as distance
            from places p join wilayas w on w.code = p.wilaya_code
                left join unnest($3::text[], $4::float8[]) as found (slug, relevance) on found.slug = p.slug
            where point(p.lat, p.lng) <@ box(point($8::float8, $9::float8), point($10::float8, $11::float8))
              and ($12::text is null or p.type = $12) and ($13::smallint is null or p.wilaya_code = $13)
              and ($3 is null or found.slug is not null)
        ) located
        where $7::float8 is null or distance <= $7
    ) ranked
    where $14::float8 is null or (rank, sort_name, slug) > ($14, $15::text, $16::text)
    order by rank, sort_name, slug limit $17::bigint)"};

constexpr db::Statement find_place{"place_find", R"(
    select p.id, p.slug, p.name_fr, p.name_ar, p.name_en, p.type, p.wilaya_code, w.name_fr, w.name_ar, w.name_en, p.lat, p.lng,
           case $2::text when 'ar' then p.description_ar when 'en' then p.description_en else p.description_fr end,
           p.unesco, p.rating_sum, p.rating_count, p.photo_ids
    from places p join wilayas w on w.code = p.wilaya_code
    where p.slug = $1)"};

geo_routes::LocalisedNames names_from(const db::Row& row, int first) {
    return {row.get<std::string>(first), row.get<std::string>(first + 1), row.get<std::string>(first + 2)};
}

PlaceView place_from(const db::Row& row, Language language, int photos_at) {
    const geo_routes::LocalisedNames names = names_from(row, 2);
    const auto reviews = row.get<std::int64_t>(15);
    return {.id = row.get<PlaceId>(0),
            .slug = row.get<std::string>(1),
            .name = names.in(language),
            .names = names,
            .type = row.get<PlaceType>(5),
            .wilaya = {row.get<std::int64_t>(6), names_from(row, 7).in(language)},
            .lat = row.get<double>(10),
            .lng = row.get<double>(11),
            .description = row.get<std::string>(12),
            .unesco = row.get<bool>(13),
            .rating = users::rating(row.get<std::int64_t>(14), reviews),
            .reviews = reviews,
            .photos = pictures_of(row.get<std::vector<PictureId>>(photos_at), PictureShelf::places),
            .distance_m = std::nullopt};
}

FoundPlace found_from(const db::Row& row, const PlaceFilter& filter) {
    FoundPlace found{place_from(row, filter.language, 18),
                     {row.get<double>(16), row.get<std::string>(17), row.get<std::string>(1)}};
    if (filter.near)
        found.place.distance_m = std::llround(distance_m(*filter.near, {found.place.lat, found.place.lng}));
    return found;
}

std::optional<std::string> name_of(std::optional<PlaceType> type) {
    if (!type) return std::nullopt;
    return std::string(contract::enum_name(*type));
}

// Null without a text search.
struct FoundColumns {
    explicit FoundColumns(const std::optional<std::vector<FoundName>>& found) {
        if (!found) return;
        slugs.emplace();
        relevances.emplace();
        for (const FoundName& one : *found) {
            slugs->push_back(one.slug);
            relevances->push_back(one.relevance);
        }
    }
    std::optional<std::vector<std::string>> slugs;
    std::optional<std::vector<double>> relevances;
};

template <class T, class Member>
auto member_of(const std::optional<T>& whole, Member member) {
    using Value = std::remove_cvref_t<decltype((*whole).*member)>;
    return whole ? std::optional<Value>((*whole).*member) : std::nullopt;
}

}  // namespace

std::string_view list_places_sql() {
    return list_places.sql;
}

Task<std::vector<FoundPlace>> PlaceRepository::list(db::Session& session, PlaceFilter filter) {
    const auto& [south_west, north_east] = filter.box;
    const FoundColumns searched(filter.found);
    const db::Rows rows = co_await session.query(
        list_places, contract::enum_name(filter.language), contract::enum_name(filter.ranking), searched.slugs,
        searched.relevances, member_of(filter.near, &LatLng::lat), member_of(filter.near, &LatLng::lng),
        filter.radius_m, south_west.lat, south_west.lng, north_east.lat, north_east.lng, name_of(filter.type),
        filter.wilaya, member_of(filter.after, &PlacePosition::rank), member_of(filter.after, &PlacePosition::name),
        member_of(filter.after, &PlacePosition::slug), filter.limit);
    std::vector<FoundPlace> found;
    for (const db::Row row : rows) found.push_back(found_from(row, filter));
    co_return found;
}

Task<std::optional<PlaceView>> PlaceRepository::find(db::Session& session, std::string slug, Language language) {
    const db::Rows rows = co_await session.query(find_place, slug, contract::enum_name(language));
    if (rows.empty()) co_return std::nullopt;
    co_return place_from(rows[0], language, 16);
}

constexpr db::Statement lock_place_photos{"place_lock_photos", R"(
    select id, photo_ids from places where slug = $1 for no key update)"};

Task<std::optional<PlaceRepository::Photos>> PlaceRepository::lock_photos(db::Session& tx, std::string slug) {
    const db::Rows rows = co_await tx.query(lock_place_photos, slug);
    if (rows.empty()) co_return std::nullopt;
    co_return Photos{rows[0].get<PlaceId>(0), rows[0].get<std::vector<PictureId>>(1)};
}

constexpr db::Statement set_place_photos{"place_set_photos", "update places set photo_ids = $2 where id = $1"};

Task<void> PlaceRepository::set_photos(db::Session& tx, PlaceId id, std::vector<PictureId> photos) {
    co_await tx.query(set_place_photos, id, photos);
}

}  // namespace safargo::places
