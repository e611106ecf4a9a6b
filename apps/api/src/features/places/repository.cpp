#include "features/places/repository.hpp"

#include "features/users/types.hpp"

#include <cmath>

namespace safargo::places {
namespace {

// A few thousand rows: words and ranks are computed only for rows within the box (which has the index), type and
// wilaya. $1 language, $2 ranking, $3 words, $4 $5 near, $6 radius in metres, $7..$10 box, $11 type, $12 wilaya, $13
// $14 $15 the last row of the page before, $16 limit. Distance is core's haversine, to the last bits. A word of five
// letters with one wrong has half of its trigrams; World Heritage counts as a hundred visits. $17 single words instead
// of all of them ($3): a place has at least one, and ranks by how much of the query it matches. $18 the query with the
// words around the name, as a tie-breaker: the casbah "الجزائر" is that of Algiers.
constexpr db::Statement list_places{"place_list", R"(
    select id, slug, name_fr, name_ar, name_en, type, wilaya_code, wilaya_fr, wilaya_ar, wilaya_en, lat, lng, description,
           unesco, rating_sum, rating_count, rank, sort_name, photo_ids
    from (
        select located.*,
            case $2::text
                when 'relevance' then -(word_similarity($3, folded_names) + similarity($3, folded_names) + answered
                    + coalesce(word_similarity($18::text, folded_names), 0) / 2)::float8
                when 'rating' then -coalesce(rating_sum::float8 / nullif(rating_count, 0), 0)
                when 'popularity' then -(popularity + case when unesco then 100 else 0 end)::float8
                when 'distance' then distance
                else 0
            end as rank
        from (
            select p.*, answered, w.name_fr as wilaya_fr, w.name_ar as wilaya_ar, w.name_en as wilaya_en,
                case $1::text when 'ar' then p.description_ar when 'en' then p.description_en
                    else p.description_fr end as description,
                case $1::text when 'ar' then p.name_ar when 'en' then p.name_en
                    else p.name_fr end collate "und-x-icu" as sort_name,
                2 * 6371008.771415 * asin(sqrt(least(1, power(sin(radians(p.lat - $4::float8) / 2), 2) +
                    cos(radians($4)) * cos(radians(p.lat)) * power(sin(radians(p.lng - $5::float8) / 2), 2)))) as distance
            from places p join wilayas w on w.code = p.wilaya_code
            cross join lateral (
                select coalesce(sum(length(word)), 0) as answered from unnest($17::text[]) as word
                where word_similarity(word, p.folded_names) >= 0.6) words
            where point(p.lat, p.lng) <@ box(point($7::float8, $8::float8), point($9::float8, $10::float8))
              and ($11::text is null or p.type = $11) and ($12::smallint is null or p.wilaya_code = $12)
              and ($3::text is null or answered > 0 or ($17 is null and word_similarity($3, p.folded_names) >= 0.45))
        ) located
        where $6::float8 is null or distance <= $6
    ) ranked
    where $13::float8 is null or (rank, sort_name, slug) > ($13, $14::text, $15::text)
    order by rank, sort_name, slug limit $16::bigint)"};

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
    const db::Rows rows = co_await session.query(
        list_places, contract::enum_name(filter.language), contract::enum_name(filter.ranking), filter.folded_words,
        member_of(filter.near, &LatLng::lat), member_of(filter.near, &LatLng::lng), filter.radius_m, south_west.lat,
        south_west.lng, north_east.lat, north_east.lng, name_of(filter.type), filter.wilaya,
        member_of(filter.after, &PlacePosition::rank), member_of(filter.after, &PlacePosition::name),
        member_of(filter.after, &PlacePosition::slug), filter.limit, filter.single_words, filter.folded_question);
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
