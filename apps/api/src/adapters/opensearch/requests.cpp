#include "adapters/opensearch/requests.hpp"

#include "contract/writer.hpp"
#include "core/enum_names.hpp"
#include "geo/search_texts.hpp"

#include <algorithm>

namespace safargo::opensearch {
namespace {

using contract::Writer;

template <class Write>
void object(Writer& out, Write write) {
    out.begin_object();
    write();
    out.end_object();
}

template <class Write>
void member(Writer& out, std::string_view key, Write write) {
    out.key(key);
    object(out, write);
}

void text(Writer& out, std::string_view key, std::string_view value) {
    out.key(key);
    out.string(value);
}

void number(Writer& out, std::string_view key, double value) {
    out.key(key);
    out.number(value);
}

void point(Writer& out, std::string_view key, LatLng at) {
    member(out, key, [&] {
        number(out, "lat", at.lat);
        number(out, "lon", at.lng);
    });
}

// {"term": {field: value}}
void term(Writer& out, std::string_view field, std::string_view value) {
    object(out, [&] { member(out, "term", [&] { text(out, field, value); }); });
}

void fuzzy(Writer& out, std::string_view field, std::string_view value) {
    object(out, [&] {
        member(out, "fuzzy", [&] {
            member(out, field, [&] {
                text(out, "value", value);
                text(out, "fuzziness", "AUTO");
            });
        });
    });
}

// How good a way of matching a word is; the score is the letters that it covers, so that no statistics of the index
// enter.
template <class Write>
void worth(Writer& out, double points, Write write) {
    object(out, [&] {
        member(out, "constant_score", [&] {
            out.key("filter");
            write();
            number(out, "boost", points);
        });
    });
}

void ways_of_matching(Writer& out, const geo::SearchTerm& wanted) {
    const double letters = std::max(wanted.letters, 1);
    const auto way = [&](double share, auto matcher, std::string_view field, const std::string& value) {
        if (!value.empty()) worth(out, letters * share, [&] { matcher(out, field, value); });
    };
    way(1.0, term, "words", wanted.word);
    way(0.95, term, "words.begun", wanted.word);
    way(0.9, term, "sounds", wanted.sound);
    way(0.8, term, "bones", wanted.bones);
    way(0.75, fuzzy, "words", wanted.word);
    way(0.7, fuzzy, "sounds", wanted.sound);
    way(0.5, fuzzy, "bones", wanted.bones);
}

void best_way(Writer& out, const geo::SearchTerm& wanted) {
    object(out, [&] {
        member(out, "dis_max", [&] {
            out.key("queries");
            out.begin_array();
            ways_of_matching(out, wanted);
            out.end_array();
        });
    });
}

void kinds_filter(Writer& out, const PlaceSearchQuery& query) {
    object(out, [&] {
        member(out, "terms", [&] {
            out.key("kind");
            out.begin_array();
            for (const NamedKind kind : query.kinds) out.string(enum_name(kind));
            out.end_array();
        });
    });
}

// A type is a property of places; towns pass.
void type_filter(Writer& out, const std::string& type) {
    object(out, [&] {
        member(out, "bool", [&] {
            out.key("should");
            out.begin_array();
            term(out, "type", type);
            object(out, [&] {
                member(out, "bool", [&] {
                    out.key("must_not");
                    term(out, "kind", enum_name(NamedKind::place));
                });
            });
            out.end_array();
        });
    });
}

void wilaya_filter(Writer& out, std::int16_t wilaya) {
    object(out, [&] {
        member(out, "term", [&] {
            out.key("wilaya");
            out.integer(wilaya);
        });
    });
}

void box_filter(Writer& out, LatLng south_west, LatLng north_east) {
    object(out, [&] {
        member(out, "geo_bounding_box", [&] {
            member(out, "at", [&] {
                point(out, "top_left", {north_east.lat, south_west.lng});
                point(out, "bottom_right", {south_west.lat, north_east.lng});
            });
        });
    });
}

void circle_filter(Writer& out, LatLng centre, double radius_m) {
    object(out, [&] {
        member(out, "geo_distance", [&] {
            text(out, "distance", std::to_string(static_cast<std::int64_t>(radius_m)) + "m");
            point(out, "at", centre);
        });
    });
}

bool is_everywhere(const PlaceSearchQuery& query) {
    return query.south_west == LatLng{-90, -180} && query.north_east == LatLng{90, 180};
}

void filters(Writer& out, const PlaceSearchQuery& query) {
    out.key("filter");
    out.begin_array();
    kinds_filter(out, query);
    if (query.type) type_filter(out, *query.type);
    if (query.wilaya) wilaya_filter(out, *query.wilaya);
    if (!is_everywhere(query)) box_filter(out, query.south_west, query.north_east);
    if (query.near && query.radius_m) circle_filter(out, *query.near, *query.radius_m);
    out.end_array();
}

void described_in(Writer& out, std::string_view field, const std::string& words) {
    object(out, [&] {
        member(out, "match", [&] {
            member(out, field, [&] {
                text(out, "query", words);
                text(out, "operator", "and");
            });
        });
    });
}

// What is returned of each hit, and in which order.
void answer_wanted(Writer& out, std::size_t limit) {
    out.key("size");
    out.integer(static_cast<std::int64_t>(limit));
    out.key("track_total_hits");
    out.boolean(false);
    out.key("_source");
    out.raw(R"(["kind","code","wilaya","at","weight","names"])");
    out.key("sort");
    out.raw(R"([{"_score":"desc"},{"weight":"desc"},{"id":"asc"}])");
}

template <class Write>
std::string search(const PlaceSearchQuery& query, Write should) {
    std::string body;
    Writer out(body);
    object(out, [&] {
        answer_wanted(out, query.limit);
        member(out, "query", [&] {
            member(out, "bool", [&] {
                filters(out, query);
                out.key("minimum_should_match");
                out.integer(1);
                out.key("should");
                out.begin_array();
                should(out);
                out.end_array();
            });
        });
    });
    return body;
}

}  // namespace

std::string document_id(NamedKind kind, std::string_view code) {
    return std::string(enum_name(kind)).append(":").append(code);
}

std::optional<std::string> search_by_name(const PlaceSearchQuery& query) {
    const std::vector<geo::SearchTerm> terms = geo::search_terms(query.words);
    if (terms.empty()) return std::nullopt;
    return search(query, [&](Writer& out) {
        for (const geo::SearchTerm& wanted : terms) best_way(out, wanted);
    });
}

std::string search_by_description(const PlaceSearchQuery& query) {
    PlaceSearchQuery places = query;
    places.kinds = {NamedKind::place};
    return search(places, [&](Writer& out) {
        for (const char* field : {"description_fr", "description_ar", "description_en"})
            described_in(out, field, places.words);
    });
}

std::string list_marks(std::size_t count, const std::optional<std::string>& after) {
    std::string body;
    Writer out(body);
    object(out, [&] {
        out.key("size");
        out.integer(static_cast<std::int64_t>(count));
        out.key("_source");
        out.raw(R"(["kind","code"])");
        out.key("version");
        out.boolean(true);
        out.key("sort");
        out.raw(R"([{"id":"asc"}])");
        if (after) {
            out.key("search_after");
            out.begin_array();
            out.string(*after);
            out.end_array();
        }
    });
    return body;
}

std::string switch_alias(const IndexNames& names, std::int64_t to, const std::vector<std::int64_t>& removed) {
    std::string body;
    Writer out(body);
    const auto action = [&](std::string_view name, std::int64_t number, std::string_view of) {
        object(out, [&] {
            member(out, name, [&] {
                text(out, "index", names.index(number));
                if (!of.empty()) text(out, "alias", of);
            });
        });
    };
    object(out, [&] {
        out.key("actions");
        out.begin_array();
        action("add", to, names.alias);
        action("remove", to, names.building(to));
        for (const std::int64_t old : removed) action("remove_index", old, "");
        out.end_array();
    });
    return body;
}

}  // namespace safargo::opensearch
