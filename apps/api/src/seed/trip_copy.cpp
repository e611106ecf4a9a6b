#include "seed/trip_copy.hpp"

#include "contract/described.hpp"

#include <fmt/format.h>

#include <iterator>

namespace safargo::seed {
namespace {

// One line: cells apart by tabs, backslashes before what would mean something.
class CopyLine {
public:
    explicit CopyLine(std::string& out) : out_(out) {}
    ~CopyLine() { out_ += '\n'; }
    CopyLine(const CopyLine&) = delete;
    CopyLine& operator=(const CopyLine&) = delete;

    void add(std::string_view text) {
        begin_cell();
        for (const char c : text) {
            if (c == '\\') {
                out_ += "\\\\";
            } else if (c == '\n') {
                out_ += "\\n";
            } else if (c == '\t') {
                out_ += "\\t";
            } else if (c == '\r') {
                out_ += "\\r";
            } else {
                out_ += c;
            }
        }
    }
    void add(bool value) { add(std::string_view(value ? "t" : "f")); }
    void add(std::int64_t value) { add(std::string_view(fmt::format_int(value).c_str())); }
    void add(double value) { add(std::string_view(fmt::format("{}", value))); }
    void add(Instant value) { add(std::string_view(format_instant(value))); }
    void add_null() {
        begin_cell();
        out_ += "\\N";
    }

    // The elements are quoted, so any text may stand in them.
    template <class Items, class Print>
    void add_array(const Items& items, Print print) {
        std::string array = "{";
        for (const auto& item : items) {
            if (array.size() > 1) array += ',';
            array += '"';
            for (const char c : std::string(print(item))) {
                if (c == '"' || c == '\\') array += '\\';
                array += c;
            }
            array += '"';
        }
        add(std::string_view(array += '}'));
    }

private:
    void begin_cell() {
        if (!first_) out_ += '\t';
        first_ = false;
    }
    std::string& out_;
    bool first_ = true;
};

void add_ends(CopyLine& line, const trips::Trip& trip) {
    line.add(trip.stops.front().where.lat);
    line.add(trip.stops.front().where.lng);
    line.add(trip.stops.back().where.lat);
    line.add(trip.stops.back().where.lng);
    line.add(trip.departure());
    line.add(trip.arrival());
    line.add(std::string_view(LocalDate::of(trip.departure()).str()));
}

void add_stops(CopyLine& line, const trips::Trip& trip) {
    line.add_array(trip.stops, [](const trips::Stop& stop) { return fmt::format("{}", stop.where.lat); });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return fmt::format("{}", stop.where.lng); });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return stop.label; });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return stop.commune_id; });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return format_instant(stop.at); });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return std::to_string(stop.price.amount); });
    line.add(std::int64_t{trip.seats});
    line.add_array(trip.leg_seats_left, [](int seats) { return std::to_string(seats); });
}

void add_preferences(CopyLine& line, const trips::Preferences& preferences) {
    line.add(preferences.smoking);
    line.add(preferences.pets);
    line.add(preferences.music);
    line.add(contract::enum_name(preferences.talk));
    line.add(contract::enum_name(preferences.luggage));
    line.add(preferences.max_two_back);
    line.add(preferences.women_only);
}

}  // namespace

void append_trip(std::string& out, const trips::Trip& trip) {
    CopyLine line(out);
    line.add(std::string_view(trip.id.str()));
    line.add(std::string_view(trip.driver.str()));
    line.add(std::string_view(trip.vehicle.str()));
    line.add(std::string_view(trip.plate));
    line.add(contract::enum_name(trip.status));
    add_ends(line, trip);
    add_stops(line, trip);
    line.add(contract::enum_name(trip.booking_mode));
    add_preferences(line, trip.preferences);
    trip.note ? line.add(std::string_view(*trip.note)) : line.add_null();
    trip.place ? line.add(std::string_view(trip.place->str())) : line.add_null();
    line.add(trip.distance_m);
    line.add(trip.duration_s);
    line.add(std::string_view(trip.polyline));
    line.add(trip.created_at);
}

}  // namespace safargo::seed
