// One JSON object, field by field: the first thing that is wrong is kept, as a line that names the field.
#pragma once

#include <boost/json/object.hpp>

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::load {

struct Range {
    double least = 0;
    double most = 0;
    bool above_least = false;  // `least` itself is refused
};

class JsonFields {
public:
    // `prefix` stands before each field's name ("mix[0]."); `complaint` outlives this and may be shared.
    JsonFields(const boost::json::object& object, std::string prefix, std::string& complaint)
        : object_(object), prefix_(std::move(prefix)), complaint_(complaint) {}

    // Each answers the fallback when the field is absent or wrong; without a fallback, absent is wrong.
    double number(std::string_view name, Range range, std::optional<double> fallback = {});
    std::uint64_t whole(std::string_view name, Range range, std::optional<double> fallback = {});
    std::string text(std::string_view name, std::optional<std::string> fallback = {});
    const boost::json::object* object(std::string_view name, bool required);
    const boost::json::array* array(std::string_view name, bool required);
    void refuse_others();  // fields that nobody asked for

    void complain(std::string_view name, std::string_view what);
    bool is_clean() const { return complaint_.empty(); }

private:
    const boost::json::value* find(std::string_view name, bool required);

    const boost::json::object& object_;
    std::string prefix_;
    std::string& complaint_;
    std::vector<std::string> asked_;
};

// Bytes to an object, or why not.
std::expected<boost::json::object, std::string> parse_object(std::string_view json);

}  // namespace safargo::load
