#include "features/places/name_search.hpp"

#include "core/enum_names.hpp"
#include "geo/query_words.hpp"
#include "geo/search_texts.hpp"

#include <algorithm>

namespace safargo::places {
namespace {

// The planner takes the comparison of trigrams for cheap, and would make it with every row. Both settings end with the
// round trip; 0.6 is what the operators take without one.
constexpr db::Statement use_trigrams{"named_place_plan", R"(
    select set_config('enable_seqscan', 'off', true), set_config('pg_trgm.word_similarity_threshold', '0.6', true))"};

// $1..$4 the terms of the query: words, their sounds, their consonants, their letters. A name counts by the letters of
// the terms that it resembles, a little less where it only sounds so. $5 kinds, $6 type, $7 wilaya, $8..$11 the map
// section, $12 $13 $14 the circle, $15 limit.
constexpr db::Statement find_names{"named_place_search", R"(
    with terms as (
        select * from unnest($1::text[], $2::text[], $3::text[], $4::int[])
            with ordinality as t (word, sound, bones, letters, number)
    ), matched as (
        select n.kind, n.code, number, 1.0 * letters as worth from terms join named_places n on n.words %> word
        union all
        select n.kind, n.code, number, 0.9 * letters from terms join named_places n on n.sounds %> sound
        union all
        select n.kind, n.code, number, 0.8 * letters from terms join named_places n on n.bones %> terms.bones
    ), found as (
        select kind, code, sum(worth) as likeness
        from (select kind, code, number, max(worth) as worth from matched group by kind, code, number) best
        group by kind, code
    )
    select n.kind, n.code, n.wilaya_code, n.lat, n.lng, n.weight, n.folded_names
    from found join named_places n on n.kind = found.kind and n.code = found.code
    where n.kind = any($5::text[]) and ($6::text is null or n.kind <> 'place' or n.type = $6)
      and ($7::smallint is null or n.wilaya_code = $7)
      and n.lat between $8::float8 and $10::float8 and n.lng between $9::float8 and $11::float8
      and ($14::float8 is null or 2 * 6371008.771415 * asin(sqrt(least(1, power(sin(radians(n.lat - $12::float8) / 2), 2) +
               cos(radians($12)) * cos(radians(n.lat)) * power(sin(radians(n.lng - $13::float8) / 2), 2)))) <= $14)
    order by likeness desc, n.weight desc, n.kind, n.code limit $15::bigint)"};

// Every word in one of the three languages; what are only stop words in one of them says nothing. $1 the words.
constexpr db::Statement find_descriptions{"named_place_described", R"(
    select n.kind, n.code, n.wilaya_code, n.lat, n.lng, n.weight, n.folded_names
    from places p join named_places n on n.kind = 'place' and n.code = p.slug
    where (to_tsvector('french', p.description_fr) || to_tsvector('arabic', p.description_ar)
            || to_tsvector('english', p.description_en))
        @@ (plainto_tsquery('french', $1) || plainto_tsquery('arabic', $1) || plainto_tsquery('english', $1))
      and numnode(plainto_tsquery('french', $1)) > 0 and numnode(plainto_tsquery('arabic', $1)) > 0
      and numnode(plainto_tsquery('english', $1)) > 0
      and ($2::text is null or n.type = $2) and ($3::smallint is null or n.wilaya_code = $3)
      and n.lat between $4::float8 and $6::float8 and n.lng between $5::float8 and $7::float8
    order by n.weight desc, n.code limit $8::bigint)"};

// $1 $2 the centre, $3 metres, $4 type, $5 wilaya, $6..$9 the map section, $10 limit. The box of idx_places_geo is left
// to the caller's section: there are a few hundred places.
constexpr db::Statement find_neighbours{"named_place_around", R"(
    select slug, distance
    from (
        select p.slug, 2 * 6371008.771415 * asin(sqrt(least(1, power(sin(radians(p.lat - $1::float8) / 2), 2) +
                   cos(radians($1)) * cos(radians(p.lat)) * power(sin(radians(p.lng - $2::float8) / 2), 2)))) as distance
        from places p
        where ($4::text is null or p.type = $4) and ($5::smallint is null or p.wilaya_code = $5)
          and p.lat between $6::float8 and $8::float8 and p.lng between $7::float8 and $9::float8
    ) located
    where distance <= $3::float8
    order by distance, slug limit $10::bigint)"};

struct Terms {
    explicit Terms(const std::string& query) {
        for (geo::SearchTerm& term : geo::search_terms(query)) {
            words.push_back(std::move(term.word));
            sounds.push_back(std::move(term.sound));
            bones.push_back(std::move(term.bones));
            letters.push_back(term.letters);
        }
    }
    std::vector<std::string> words, sounds, bones;
    std::vector<std::int32_t> letters;
};

std::vector<std::string> names_of(const std::vector<NamedKind>& kinds) {
    std::vector<std::string> names;
    for (const NamedKind kind : kinds) names.emplace_back(enum_name(kind));
    return names;
}

std::vector<PlaceHit> hits_from(const db::Rows& rows) {
    std::vector<PlaceHit> hits;
    for (const db::Row row : rows) {
        hits.push_back({.kind = row.get<NamedKind>(0),
                        .code = row.get<std::string>(1),
                        .wilaya = row.get<std::int16_t>(2),
                        .at = {row.get<double>(3), row.get<double>(4)},
                        .weight = row.get<std::int16_t>(5),
                        .folded_names = row.get<std::vector<std::string>>(6)});
    }
    return hits;
}

template <class Member>
std::optional<double> coordinate(const std::optional<LatLng>& point, Member member) {
    return point ? std::optional((*point).*member) : std::nullopt;
}

}  // namespace

Task<std::vector<PlaceHit>> NameSearch::find(PlaceSearchQuery query) {
    const Terms terms(query.words);
    if (terms.words.empty()) co_return std::vector<PlaceHit>{};
    std::vector<db::Bound> statements;
    statements.push_back(db::bind(use_trigrams));
    statements.push_back(db::bind(find_names, terms.words, terms.sounds, terms.bones, terms.letters,
                                  names_of(query.kinds), query.type, query.wilaya, query.south_west.lat,
                                  query.south_west.lng, query.north_east.lat, query.north_east.lng,
                                  coordinate(query.near, &LatLng::lat), coordinate(query.near, &LatLng::lng),
                                  query.radius_m, static_cast<std::int64_t>(query.limit)));
    const std::vector<db::Rows> answers = co_await database_.batch(std::move(statements));
    co_return hits_from(answers.at(1));
}

Task<std::vector<Neighbour>> NameSearch::places_around(LatLng centre, double radius_m, PlaceSearchQuery query) {
    const db::Rows rows = co_await database_.query(
        find_neighbours, centre.lat, centre.lng, radius_m, query.type, query.wilaya, query.south_west.lat,
        query.south_west.lng, query.north_east.lat, query.north_east.lng, static_cast<std::int64_t>(query.limit));
    std::vector<Neighbour> found;
    for (const db::Row row : rows) found.push_back({row.get<std::string>(0), row.get<double>(1)});
    co_return found;
}

Task<std::vector<PlaceHit>> NameSearch::find_described(PlaceSearchQuery query) {
    const db::Rows rows = co_await database_.query(find_descriptions, query.words, query.type, query.wilaya,
                                                   query.south_west.lat, query.south_west.lng, query.north_east.lat,
                                                   query.north_east.lng, static_cast<std::int64_t>(query.limit));
    co_return hits_from(rows);
}

}  // namespace safargo::places
