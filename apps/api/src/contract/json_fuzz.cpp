// Any bytes yield a Node or an error; accepted input prints and parses back.
// Aimed at: contract/errors.cpp contract/field_path.cpp contract/json_reader.cpp contract/query.cpp
// Aimed at: contract/scalars.cpp core/lat_lng.cpp core/time.cpp
#include "contract/field_path.hpp"
#include "contract/json.hpp"
#include "contract/query.hpp"

namespace {

struct Sample {
    std::optional<safargo::Text<10>> text;
    std::optional<std::int64_t> number;
    std::optional<safargo::Instant> at;
    std::optional<safargo::LocalDate> day;
    std::optional<double> share;
    std::optional<bool> yes;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (text, number, at, day, share, yes))

// A point has this form in queries only.
struct Place {
    std::optional<safargo::LatLng> where;
};
BOOST_DESCRIBE_STRUCT(Place, (), (where))

// Ignores the instant, whose offset may move it outside the representable years.
bool same(const Sample& a, const Sample& b) {
    return a.text == b.text && a.number == b.number && a.day == b.day && a.share == b.share && a.yes == b.yes;
}

// However much is wrong: few errors, and short paths.
template <class T>
void require_short(const safargo::Result<T>& result) {
    using namespace safargo::contract;
    if (result) return;
    if (result.error().fields.size() > Errors::most + 1) __builtin_trap();
    for (const auto& field : result.error().fields) {
        if (field.field.size() > FieldPath::longest || !safargo::is_valid_utf8(field.field)) __builtin_trap();
    }
}

// Every query error names one of its fields.
template <class T>
void require_named(const safargo::Result<T>& result) {
    require_short(result);
    if (!result && result.error().fields.empty()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace safargo::contract;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto sample = parse_json<Sample>(bytes)) {
        const auto again = parse_json<Sample>(to_json(*sample));
        if (!again || !same(*again, *sample)) __builtin_trap();
    }
    require_short(parse_json<Sample>(bytes));
    require_named(parse_query<Sample>(bytes));
    require_named(parse_query<Place>(bytes));
    return 0;
}
