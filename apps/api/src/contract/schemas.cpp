#include "contract/described.hpp"

#include <fmt/format.h>

namespace safargo::contract {

std::string nullable_schema(const std::string& schema) {
    constexpr std::string_view scalar = R"({"type":")";
    // An enum lists its values, so null must be an alternative and not only one of the types.
    const bool listed = schema.contains("\"enum\"");
    if (!schema.starts_with(scalar) || schema.contains("\"type\":\"object\"") || listed) {
        return fmt::format(R"({{"anyOf":[{},{{"type":"null"}}]}})", schema);
    }
    const auto end = schema.find('"', scalar.size());
    return fmt::format(R"({{"type":["{}","null"]{})", schema.substr(scalar.size(), end - scalar.size()),
                       schema.substr(end + 1));
}

std::string alternative_schema(std::string_view member, const std::string& schema) {
    return fmt::format(R"({{"required":["{0}"],"properties":{{"{0}":{1}}}}})", member, schema);
}

std::string array_schema(const std::string& item, std::optional<std::pair<std::size_t, std::size_t>> bounds) {
    if (!bounds) return fmt::format(R"({{"type":"array","items":{}}})", item);
    return fmt::format(R"({{"type":"array","items":{},"minItems":{},"maxItems":{}}})", item, bounds->first,
                       bounds->second);
}

}  // namespace safargo::contract
