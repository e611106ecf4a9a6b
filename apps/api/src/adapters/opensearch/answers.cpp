#include "adapters/opensearch/answers.hpp"

#include "core/enum_names.hpp"

#include <boost/json.hpp>

#include <cmath>
#include <string>

namespace safargo::opensearch {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_code = 100;    // bytes
constexpr std::size_t longest_name = 300;    // bytes, folded
constexpr std::size_t most_names = 50;       // of one thing
constexpr std::size_t most_indexes = 1'000;  // ever seen at once

[[noreturn]] void refuse(std::string_view where) {
    throw BadAnswer("unreadable answer: " + std::string(where));
}

// A tree that lives in one block, and ends with it.
class Answer {
public:
    explicit Answer(std::string_view body) {
        json::error_code error;
        json::parse_options options;
        options.max_depth = 24;
        value_ = json::parse(body, error, json::make_shared_resource<json::monotonic_resource>(), options);
        if (error) refuse("JSON");
    }
    const json::value& value() const { return value_; }

private:
    json::value value_;
};

const json::object& object_of(const json::value& value, std::string_view where) {
    const json::object* object = value.if_object();
    if (!object) refuse(where);
    return *object;
}

const json::value& at(const json::value& value, std::string_view key) {
    const json::object& object = object_of(value, key);
    const json::value* found = object.if_contains(key);
    if (!found) refuse(key);
    return *found;
}

const json::array& array_at(const json::value& value, std::string_view key, std::size_t most) {
    const json::array* array = at(value, key).if_array();
    if (!array || array->size() > most) refuse(key);
    return *array;
}

std::string text_of(const json::value& value, std::string_view where, std::size_t longest) {
    const json::string* text = value.if_string();
    if (!text || text->size() > longest) refuse(where);
    return {text->data(), text->size()};
}

std::int64_t integer_at(const json::value& value, std::string_view key, std::int64_t least, std::int64_t most) {
    json::error_code error;
    const auto number = at(value, key).to_number<std::int64_t>(error);
    if (error || number < least || number > most) refuse(key);
    return number;
}

double number_at(const json::value& value, std::string_view key, double limit) {
    json::error_code error;
    const auto number = at(value, key).to_number<double>(error);
    if (error || !std::isfinite(number) || std::abs(number) > limit) refuse(key);
    return number;
}

NamedKind kind_at(const json::value& source) {
    const auto kind = enum_from<NamedKind>(text_of(at(source, "kind"), "kind", longest_code));
    if (!kind) refuse("kind");
    return *kind;
}

std::vector<std::string> names_at(const json::value& source) {
    std::vector<std::string> names;
    for (const json::value& name : array_at(source, "names", most_names))
        names.push_back(text_of(name, "names", longest_name));
    return names;
}

PlaceHit hit_from(const json::value& hit) {
    const json::value& source = at(hit, "_source");
    const json::value& position = at(source, "at");
    return {.kind = kind_at(source),
            .code = text_of(at(source, "code"), "code", longest_code),
            .wilaya = static_cast<std::int16_t>(integer_at(source, "wilaya", 1, 99)),
            .at = {number_at(position, "lat", 90), number_at(position, "lon", 180)},
            .weight = static_cast<int>(integer_at(source, "weight", 0, 999)),
            .folded_names = names_at(source)};
}

PlaceMark mark_from(const json::value& hit) {
    const json::value& source = at(hit, "_source");
    return {kind_at(source), text_of(at(source, "code"), "code", longest_code),
            integer_at(hit, "_version", 0, std::int64_t{1} << 62)};
}

const json::array& hits_of(const json::value& answer, std::size_t most) {
    const bool* timed_out = at(answer, "timed_out").if_bool();
    if (!timed_out || *timed_out) refuse("timed_out");
    if (integer_at(at(answer, "_shards"), "failed", 0, 0) != 0) refuse("_shards");
    return array_at(at(answer, "hits"), "hits", most);
}

// 409: a newer document is there. 404 of a removal: there is none.
void check_item(const json::value& item) {
    const json::object& action = object_of(item, "items");
    if (action.size() != 1) refuse("items");
    const std::int64_t status = integer_at(action.begin()->value(), "status", 100, 599);
    const bool removal = action.begin()->key() == "delete";
    const bool absent = removal && status == 404 && object_of(action.begin()->value(), "items").contains("result");
    if (status / 100 != 2 && status != 409 && !absent) throw BadAnswer("a document was refused");
}

}  // namespace

std::vector<PlaceHit> read_hits(std::string_view body, std::size_t most) {
    const Answer answer(body);
    std::vector<PlaceHit> hits;
    for (const json::value& hit : hits_of(answer.value(), most)) hits.push_back(hit_from(hit));
    return hits;
}

std::vector<PlaceMark> read_marks(std::string_view body, std::size_t most) {
    const Answer answer(body);
    std::vector<PlaceMark> marks;
    for (const json::value& hit : hits_of(answer.value(), most)) marks.push_back(mark_from(hit));
    return marks;
}

void check_bulk(std::string_view body, std::size_t count) {
    const Answer answer(body);
    const json::array& items = array_at(answer.value(), "items", count);
    if (items.size() != count) refuse("items");
    for (const json::value& item : items) check_item(item);
}

std::int64_t read_layout(std::string_view body) {
    const Answer answer(body);
    const json::object& indexes = object_of(answer.value(), "mapping");
    if (indexes.size() != 1) refuse("mapping");
    return integer_at(at(at(indexes.begin()->value(), "mappings"), "_meta"), "layout", 0, 1'000'000);
}

std::vector<std::string> read_index_names(std::string_view body) {
    const Answer answer(body);
    const json::array* indexes = answer.value().if_array();
    if (!indexes || indexes->size() > most_indexes) refuse("indexes");
    std::vector<std::string> names;
    for (const json::value& index : *indexes) names.push_back(text_of(at(index, "index"), "index", longest_name));
    return names;
}

}  // namespace safargo::opensearch
