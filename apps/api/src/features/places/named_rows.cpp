#include "features/places/named_rows.hpp"

#include "core/enum_names.hpp"
#include "geo/entry_names.hpp"
#include "geo/search_texts.hpp"

namespace safargo::places {
namespace {

// Names cannot hold it: it is a control character.
constexpr char separator = '\x1f';

constexpr db::Statement save_rows{"named_place_save", R"(
    insert into named_places (kind, code, type, wilaya_code, lat, lng, weight, names, folded_names, words, sounds, bones,
                              place_version)
    select kind, file.code, nullif(type, ''), wilaya, lat, lng, weight, string_to_array(names, $13),
           string_to_array(folded, $13), words, sounds, bones, place_version
    from unnest($1::text[], $2::text[], $3::text[], $4::smallint[], $5::float8[], $6::float8[], $7::smallint[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[], $14::bigint[])
        as file (kind, code, type, wilaya, lat, lng, weight, names, folded, words, sounds, bones, place_version)
    where exists (select from wilayas where wilayas.code = wilaya)
    order by kind, code
    on conflict (kind, code) do update set
        type = excluded.type, wilaya_code = excluded.wilaya_code, lat = excluded.lat, lng = excluded.lng,
        weight = excluded.weight, names = excluded.names, folded_names = excluded.folded_names, words = excluded.words,
        sounds = excluded.sounds, bones = excluded.bones, place_version = excluded.place_version,
        version = nextval('named_places_version')
    where (named_places.type, named_places.wilaya_code, named_places.lat, named_places.lng, named_places.weight,
           named_places.names, named_places.folded_names, named_places.words, named_places.sounds, named_places.bones,
           named_places.place_version)
        is distinct from
          (excluded.type, excluded.wilaya_code, excluded.lat, excluded.lng, excluded.weight, excluded.names,
           excluded.folded_names, excluded.words, excluded.sounds, excluded.bones, excluded.place_version)
    returning kind, code, version)"};

constexpr db::Statement remove_places{"named_place_remove", R"(
    delete from named_places n
    where kind = 'place' and ($1::text is null or code = $1) and not exists (select from places p where p.slug = n.code)
    returning kind, code, nextval('named_places_version'))"};

constexpr db::Statement find_places{"named_place_sources", R"(
    select slug, type, wilaya_code, lat, lng, unesco, name_fr, name_ar, name_en, other_names, version
    from places where $1::text is null or slug = $1 order by slug)"};

constexpr db::Statement list_marks{"named_place_marks", R"(
    select kind, code, version from named_places order by kind collate "C", code collate "C")"};

constexpr db::Statement list_documents{"named_place_documents", R"(
    select n.kind, n.code, n.version, n.names, coalesce(n.type, ''), n.wilaya_code, n.lat, n.lng, n.weight,
           coalesce(p.description_fr, ''), coalesce(p.description_ar, ''), coalesce(p.description_en, '')
    from named_places n left join places p on n.kind = 'place' and p.slug = n.code
    where $1::text is null or (n.kind, n.code) > ($1, $2::text)
    order by n.kind, n.code limit $3::bigint)"};

constexpr db::Statement find_documents{"named_place_find", R"(
    select n.kind, n.code, n.version, n.names, coalesce(n.type, ''), n.wilaya_code, n.lat, n.lng, n.weight,
           coalesce(p.description_fr, ''), coalesce(p.description_ar, ''), coalesce(p.description_en, '')
    from unnest($1::text[], $2::text[]) as wanted (kind, code)
        join named_places n on n.kind = wanted.kind and n.code = wanted.code
        left join places p on n.kind = 'place' and p.slug = n.code)"};

constexpr db::Statement count_rows{"named_place_count", R"(select count(*) from named_places)"};

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) {
        if (!all.empty()) all += separator;
        all += text;
    }
    return all;
}

// The rows as columns, with what is derived from their names.
struct Columns {
    explicit Columns(const std::vector<NamedRow>& rows) {
        for (const NamedRow& row : rows) add(row);
    }

    void add(const NamedRow& row) {
        geo::SearchTexts derived = geo::search_texts(row.names);
        kinds.emplace_back(enum_name(row.kind));
        codes.push_back(row.code);
        types.push_back(row.type.value_or(""));
        wilayas.push_back(row.wilaya);
        lats.push_back(row.at.lat);
        lngs.push_back(row.at.lng);
        weights.push_back(row.weight);
        names.push_back(joined(row.names));
        folded.push_back(joined(derived.folded));
        words.push_back(std::move(derived.words));
        sounds.push_back(std::move(derived.sounds));
        bones.push_back(std::move(derived.bones));
        place_versions.push_back(row.place_version);
    }

    std::vector<std::string> kinds, codes, types, names, folded, words, sounds, bones;
    std::vector<std::int16_t> wilayas, weights;
    std::vector<double> lats, lngs;
    std::vector<std::int64_t> place_versions;
};

PlaceMark mark_from(const db::Row& row) {
    return {row.get<NamedKind>(0), row.get<std::string>(1), row.get<std::int64_t>(2)};
}

std::vector<PlaceMark> marks_from(const db::Rows& rows) {
    std::vector<PlaceMark> marks;
    for (const db::Row row : rows) marks.push_back(mark_from(row));
    return marks;
}

std::vector<PlaceDocument> documents_from(const db::Rows& rows) {
    std::vector<PlaceDocument> documents;
    for (const db::Row row : rows) {
        const PlaceMark mark = mark_from(row);
        documents.push_back({.kind = mark.kind,
                             .code = mark.code,
                             .version = mark.version,
                             .names = row.get<std::vector<std::string>>(3),
                             .type = row.get<std::string>(4),
                             .wilaya = row.get<std::int16_t>(5),
                             .at = {row.get<double>(6), row.get<double>(7)},
                             .weight = row.get<std::int16_t>(8),
                             .description_fr = row.get<std::string>(9),
                             .description_ar = row.get<std::string>(10),
                             .description_en = row.get<std::string>(11)});
    }
    return documents;
}

// Without the empty ones: a few towns have no Arabic name.
std::vector<std::string> written(std::vector<std::string> names) {
    std::erase(names, "");
    return names;
}

NamedRow row_of_place(const db::Row& row) {
    const geo::Place place{.slug = row.get<std::string>(0),
                           .name_fr = row.get<std::string>(6),
                           .name_ar = row.get<std::string>(7),
                           .name_en = row.get<std::string>(8),
                           .type = row.get<std::string>(1),
                           .wilaya_code = row.get<std::int16_t>(2),
                           .position = {row.get<double>(3), row.get<double>(4)},
                           .unesco = row.get<bool>(5)};
    return {.kind = NamedKind::place,
            .code = place.slug,
            .type = place.type,
            .wilaya = row.get<std::int16_t>(2),
            .at = place.position,
            .weight = static_cast<std::int16_t>(geo::weight_of(place)),
            .names = written(geo::names_of(place, row.get<std::vector<std::string>>(9))),
            .place_version = row.get<std::int64_t>(10)};
}

NamedRow row_of_town(const geo::Town& town, NamedKind kind, const geo::GazetteerData& data) {
    const auto known = kind == NamedKind::commune ? geo::SuggestionKind::commune : geo::SuggestionKind::locality;
    return {.kind = kind,
            .code = town.code,
            .type = std::nullopt,
            .wilaya = static_cast<std::int16_t>(town.wilaya_code),
            .at = town.position,
            .weight = static_cast<std::int16_t>(geo::weight_of(town)),
            .names = written(geo::names_of(town, known, data)),
            .place_version = 0};
}

}  // namespace

std::vector<NamedRow> town_rows(const geo::GazetteerData& data) {
    std::vector<NamedRow> rows;
    for (const geo::Town& town : data.communes) rows.push_back(row_of_town(town, NamedKind::commune, data));
    for (const geo::Town& town : data.localities) rows.push_back(row_of_town(town, NamedKind::locality, data));
    return rows;
}

Task<std::vector<PlaceMark>> NamedRows::save(db::Session& session, std::vector<NamedRow> rows) {
    const Columns all(rows);
    const db::Rows written = co_await session.query(save_rows, all.kinds, all.codes, all.types, all.wilayas, all.lats,
                                                    all.lngs, all.weights, all.names, all.folded, all.words, all.sounds,
                                                    all.bones, std::string(1, separator), all.place_versions);
    co_return marks_from(written);
}

Task<std::vector<PlaceMark>> NamedRows::remove_strays(db::Session& session, std::optional<std::string> slug) {
    const db::Rows removed = co_await session.query(remove_places, slug);
    co_return marks_from(removed);
}

Task<std::vector<NamedRow>> NamedRows::rows_of_places(db::Session& session, std::optional<std::string> slug) {
    const db::Rows places = co_await session.query(find_places, slug);
    std::vector<NamedRow> rows;
    for (const db::Row row : places) rows.push_back(row_of_place(row));
    co_return rows;
}

Task<std::vector<PlaceMark>> NamedRows::marks(db::Session& session) {
    const db::Rows rows = co_await session.query(list_marks);
    co_return marks_from(rows);
}

Task<std::vector<PlaceDocument>> NamedRows::documents(db::Session& session, std::optional<PlaceMark> after,
                                                      std::int64_t limit) {
    std::optional<std::string> kind, code;
    if (after) {
        kind = enum_name(after->kind);
        code = after->code;
    }
    const db::Rows rows = co_await session.query(list_documents, kind, code, limit);
    co_return documents_from(rows);
}

Task<std::vector<PlaceDocument>> NamedRows::documents_of(db::Session& session, std::vector<PlaceMark> wanted) {
    std::vector<std::string> kinds, codes;
    for (const PlaceMark& mark : wanted) {
        kinds.emplace_back(enum_name(mark.kind));
        codes.push_back(mark.code);
    }
    const db::Rows rows = co_await session.query(find_documents, kinds, codes);
    co_return documents_from(rows);
}

Task<std::int64_t> NamedRows::count(db::Session& session) {
    const db::Rows rows = co_await session.query(count_rows);
    co_return rows[0].get<std::int64_t>(0);
}

}  // namespace safargo::places
