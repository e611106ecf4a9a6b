#include "features/places/editor.hpp"

#include "geo/name_fold.hpp"

#include <array>

namespace safargo::places {
namespace {

constexpr db::Statement upsert_place{"place_save", R"(
    insert into places (id, slug, type, wilaya_code, lat, lng, unesco, name_fr, name_ar, name_en,
                        description_fr, description_ar, description_en, folded_names, other_names)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    on conflict (slug) do update set
        type = excluded.type, wilaya_code = excluded.wilaya_code, lat = excluded.lat, lng = excluded.lng,
        unesco = excluded.unesco, name_fr = excluded.name_fr, name_ar = excluded.name_ar, name_en = excluded.name_en,
        description_fr = excluded.description_fr, description_ar = excluded.description_ar,
        description_en = excluded.description_en, folded_names = excluded.folded_names,
        other_names = excluded.other_names, version = places.version + 1
    returning id)"};

constexpr std::array refused_saves{db::Refusal{"places_wilaya_fkey", Code::not_found}};

constexpr db::Statement delete_place{"place_delete", R"(delete from places where slug = $1)"};

constexpr std::array refused_removals{db::Refusal{"trips_place_fkey", Code::illegal_transition}};

// Versions before named_places search by them.
std::string folded_names(const PlaceDraft& draft) {
    std::string all = geo::fold_name(draft.names.fr);
    for (const std::string* name : {&draft.names.en, &draft.names.ar}) all += ' ' + geo::fold_name(*name);
    for (const std::string& name : draft.other_names) all += ' ' + geo::fold_name(name);
    return all;
}

}  // namespace

Task<Result<PlaceId>> PlaceEditor::save(db::Transaction& tx, PlaceDraft draft, Instant now) {
    const Result<db::Rows> saved = co_await tx.try_query(
        upsert_place, refused_saves, PlaceId::make(now), draft.slug, contract::enum_name(draft.type), draft.wilaya,
        draft.at.lat, draft.at.lng, draft.unesco, draft.names.fr, draft.names.ar, draft.names.en, draft.descriptions.fr,
        draft.descriptions.ar, draft.descriptions.en, folded_names(draft), draft.other_names);
    if (!saved) co_return std::unexpected(saved.error());
    co_await names_.refresh_place(tx, draft.slug, now);
    co_return (*saved)[0].get<PlaceId>(0);
}

Task<Result<Nothing>> PlaceEditor::remove(db::Transaction& tx, std::string slug, Instant now) {
    const Result<db::Rows> removed = co_await tx.try_query(delete_place, refused_removals, slug);
    if (!removed) co_return std::unexpected(removed.error());
    if (removed->affected() == 0) co_return fail(Code::not_found);
    co_await names_.refresh_place(tx, std::move(slug), now);
    co_return Nothing{};
}

}  // namespace safargo::places
