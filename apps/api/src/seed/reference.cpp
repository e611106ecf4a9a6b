#include "features/places/place_names.hpp"
#include "geo/csv.hpp"
#include "geo/entry_names.hpp"
#include "geo/name_fold.hpp"
#include "seed/data_files.hpp"
#include "seed/seed.hpp"
#include "seed/stable_id.hpp"

#include <map>
#include <set>

namespace safargo::seed {
namespace {

// Concurrent loads could deadlock on each other's rows.
constexpr db::Statement take_turn{"seed_take_turn", R"(lock table data_loads in share row exclusive mode)"};

constexpr db::Statement upsert_wilayas{"seed_wilayas", R"(
    insert into wilayas (code, name_fr, name_ar, name_en, capital, lat, lng, mother_code, powers_from)
    select code, fr, ar, en, capital, lat, lng, nullif(mother, 0), powers
    from unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::smallint[],
                $9::date[]) as file (code, fr, ar, en, capital, lat, lng, mother, powers)
    on conflict (code) do update set
        name_fr = excluded.name_fr, name_ar = excluded.name_ar, name_en = excluded.name_en, capital = excluded.capital,
        lat = excluded.lat, lng = excluded.lng, mother_code = excluded.mother_code, powers_from = excluded.powers_from
    where wilayas is distinct from excluded)"};

constexpr db::Statement upsert_communes{"seed_communes", R"(
    insert into communes (code, wilaya_code, name_fr, name_ar, lat, lng)
    select * from unnest($1::text[], $2::smallint[], $3::text[], $4::text[], $5::float8[], $6::float8[])
    on conflict (code) do update set
        wilaya_code = excluded.wilaya_code, name_fr = excluded.name_fr, name_ar = excluded.name_ar,
        lat = excluded.lat, lng = excluded.lng
    where communes is distinct from excluded)"};

constexpr db::Statement upsert_places{"seed_places", R"(
    insert into places (id, slug, type, wilaya_code, lat, lng, unesco, name_fr, name_ar, name_en,
                        description_fr, description_ar, description_en, folded_names, other_names)
    select id, slug, type, wilaya, lat, lng, unesco <> 0, fr, ar, en, about_fr, about_ar, about_en, folded,
           string_to_array(others, ';')
    from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::float8[], $6::float8[], $7::smallint[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
        as file (id, slug, type, wilaya, lat, lng, unesco, fr, ar, en, about_fr, about_ar, about_en, folded, others)
    on conflict (slug) do update set
        type = excluded.type, wilaya_code = excluded.wilaya_code, lat = excluded.lat, lng = excluded.lng,
        unesco = excluded.unesco, name_fr = excluded.name_fr, name_ar = excluded.name_ar, name_en = excluded.name_en,
        description_fr = excluded.description_fr, description_ar = excluded.description_ar,
        description_en = excluded.description_en, folded_names = excluded.folded_names,
        other_names = excluded.other_names, version = places.version + 1
    where (places.type, places.wilaya_code, places.lat, places.lng, places.unesco, places.name_fr, places.name_ar,
           places.name_en, places.description_fr, places.description_ar, places.description_en, places.folded_names, places.other_names)
        is distinct from
          (excluded.type, excluded.wilaya_code, excluded.lat, excluded.lng, excluded.unesco, excluded.name_fr,
           excluded.name_ar, excluded.name_en, excluded.description_fr, excluded.description_ar,
           excluded.description_en, excluded.folded_names, excluded.other_names))"};

std::int16_t small(std::int64_t value) {
    return static_cast<std::int16_t>(value);
}

// A wilaya has its powers from the year of its law, unless the file gives another date.
LocalDate powers_from(const geo::Wilaya& wilaya) {
    const std::chrono::year_month_day first_day{std::chrono::year{wilaya.created_year}, std::chrono::January,
                                                std::chrono::day{1}};
    return wilaya.powers_from.value_or(LocalDate{std::chrono::sys_days{first_day}});
}

db::Bound wilaya_rows(const std::vector<geo::Wilaya>& wilayas) {
    std::vector<std::int16_t> codes, mothers;
    std::vector<std::string> fr, ar, en, capitals;
    std::vector<double> lats, lngs;
    std::vector<LocalDate> powers;
    for (const geo::Wilaya& wilaya : wilayas) {
        codes.push_back(small(wilaya.code));
        mothers.push_back(small(wilaya.mother_code));
        fr.push_back(wilaya.name_fr);
        ar.push_back(wilaya.name_ar);
        en.push_back(wilaya.name_en);
        capitals.push_back(wilaya.capital);
        lats.push_back(wilaya.position.lat);
        lngs.push_back(wilaya.position.lng);
        powers.push_back(powers_from(wilaya));
    }
    return db::bind(upsert_wilayas, codes, fr, ar, en, capitals, lats, lngs, mothers, powers);
}

db::Bound commune_rows(const std::vector<geo::Town>& communes) {
    std::vector<std::int16_t> wilayas;
    std::vector<std::string> codes, fr, ar;
    std::vector<double> lats, lngs;
    for (const geo::Town& commune : communes) {
        codes.push_back(commune.code);
        wilayas.push_back(small(commune.wilaya_code));
        fr.push_back(commune.name_fr);
        ar.push_back(commune.name_ar);
        lats.push_back(commune.position.lat);
        lngs.push_back(commune.position.lng);
    }
    return db::bind(upsert_communes, codes, wilayas, fr, ar, lats, lngs);
}

struct Description {
    std::string fr, ar, en;
};

// The gazetteer does not load descriptions, since they are not searched in memory.
std::map<std::string, Description, std::less<>> read_descriptions(const std::filesystem::path& folder) {
    const auto table =
        geo::CsvTable::read(folder / "places.csv", {"slug", "description_fr", "description_ar", "description_en"});
    std::map<std::string, Description, std::less<>> descriptions;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const geo::CsvRow row = table.row(i);
        descriptions[std::string(row.required("slug"))] = {std::string(row.required("description_fr")),
                                                           std::string(row.required("description_ar")),
                                                           std::string(row.required("description_en"))};
    }
    return descriptions;
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all.append(all.empty() ? "" : ";").append(name);
    return all;
}

// All names of a place, without duplicates, folded. Versions before named_places search by them.
std::string folded_names(const geo::Place& place, const std::vector<std::string>& other_names) {
    std::vector<std::string> names{place.name_fr, place.name_en, place.name_ar};
    names.insert(names.end(), other_names.begin(), other_names.end());
    std::string folded;
    std::set<std::string> seen;
    for (const std::string& name : names) {
        const auto [name_folded, is_new] = seen.insert(geo::fold_name(name));
        if (!is_new) continue;
        if (!folded.empty()) folded += ' ';
        folded += *name_folded;
    }
    return folded;
}

db::Bound place_rows(const geo::GazetteerData& data, const std::filesystem::path& folder) {
    const auto descriptions = read_descriptions(folder);
    std::vector<PlaceId> ids;
    std::vector<std::int16_t> wilayas, unesco;
    std::vector<std::string> slugs, types, fr, ar, en, about_fr, about_ar, about_en, folded, others;
    std::vector<double> lats, lngs;
    for (const geo::Place& place : data.places) {
        const Description& about = descriptions.find(place.slug)->second;
        ids.push_back(stable_id<PlaceId>(long_ago, "place " + place.slug));
        slugs.push_back(place.slug);
        types.push_back(place.type);
        wilayas.push_back(small(place.wilaya_code));
        lats.push_back(place.position.lat);
        lngs.push_back(place.position.lng);
        unesco.push_back(place.unesco ? 1 : 0);
        fr.push_back(place.name_fr);
        ar.push_back(place.name_ar);
        en.push_back(place.name_en);
        about_fr.push_back(about.fr);
        about_ar.push_back(about.ar);
        about_en.push_back(about.en);
        const auto other_names = geo::other_names(geo::SuggestionKind::place, place.slug, data);
        folded.push_back(folded_names(place, other_names));
        others.push_back(joined(other_names));
    }
    return db::bind(upsert_places, ids, slugs, types, wilayas, lats, lngs, unesco, fr, ar, en, about_fr, about_ar,
                    about_en, folded, others);
}

Task<std::size_t> load_rows(db::Transaction& tx, std::string_view step, std::size_t total, db::Bound rows,
                            const Progress& progress) {
    progress(step, 0, total);
    std::vector<db::Bound> statements;
    statements.push_back(std::move(rows));
    const std::vector<db::Rows> answers = co_await tx.batch(std::move(statements));
    progress(step, total, total);
    co_return static_cast<std::size_t>(answers.at(0).affected());
}

}  // namespace

Task<SeedReport> load_reference(db::Database& database, std::filesystem::path data_dir, Progress progress) {
    const std::vector<DataFile> files = read_data_files(data_dir);
    if (co_await are_loaded(database, files)) co_return SeedReport{.up_to_date = true};

    const auto data = geo::GazetteerData::load(data_dir);
    db::Transaction tx = co_await database.begin();
    co_await tx.query(take_turn);
    SeedReport report;
    report.wilayas = co_await load_rows(tx, "wilayas", data.wilayas.size(), wilaya_rows(data.wilayas), progress);
    report.communes = co_await load_rows(tx, "communes", data.communes.size(), commune_rows(data.communes), progress);
    report.places = co_await load_rows(tx, "places", data.places.size(), place_rows(data, data_dir), progress);
    co_await places::PlaceNames().refresh(tx, data, SystemClock().now());
    co_await remember_loaded(tx, files);
    co_await tx.commit();
    co_return report;
}

}  // namespace safargo::seed
