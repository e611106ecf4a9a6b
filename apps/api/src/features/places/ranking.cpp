#include "features/places/ranking.hpp"

#include "geo/entry_names.hpp"
#include "geo/name_index.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace safargo::places {
namespace {

// The hits, then the wilayas that contain them and those which these were part of.
class Entries {
public:
    Entries(std::vector<PlaceHit>& hits, const geo::Gazetteer& gazetteer) : gazetteer_(gazetteer) {
        for (PlaceHit& hit : hits)
            all_.push_back({.weight = hit.weight, .names = hit.folded_names, .within = {}, .folded = true});
        for (std::size_t i = 0; i < hits.size(); ++i) all_[i].within = wilaya(hits[i].wilaya);
    }

    std::span<const geo::NameIndex::Entry> all() const { return all_; }

private:
    std::optional<std::size_t> wilaya(int code) {
        if (const auto known = wilayas_.find(code); known != wilayas_.end()) return known->second;
        const geo::Wilaya* found = gazetteer_.wilaya(code);
        if (!found) return std::nullopt;
        const std::size_t entry = all_.size();
        wilayas_.emplace(code, entry);
        all_.push_back({.weight = 0, .names = geo::names_of(*found, gazetteer_.data())});
        all_[entry].within = wilaya(found->mother_code);
        return entry;
    }

    const geo::Gazetteer& gazetteer_;
    std::vector<geo::NameIndex::Entry> all_;
    std::map<int, std::size_t> wilayas_;
};

auto place_in_order(const RankedHit& ranked) {
    return std::tuple(-ranked.score, -ranked.hit.weight, ranked.hit.kind, std::string_view(ranked.hit.code));
}

}  // namespace

std::vector<RankedHit> rank(std::string_view query, std::vector<PlaceHit> hits, const geo::Gazetteer& gazetteer) {
    const Entries entries(hits, gazetteer);
    const geo::NameIndex names(entries.all());
    std::vector<RankedHit> ranked;
    for (const geo::NameIndex::Hit& found : names.find(query, entries.all().size())) {
        if (found.entry < hits.size()) ranked.push_back({std::move(hits[found.entry]), found.score});
    }
    std::ranges::sort(ranked, {}, place_in_order);
    return ranked;
}

}  // namespace safargo::places
