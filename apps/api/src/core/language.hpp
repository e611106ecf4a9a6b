// The languages SafarGo supports.
#pragma once

#include <boost/describe/enum.hpp>

#include <string_view>

namespace safargo {

enum class Language { fr, ar, en };
BOOST_DESCRIBE_ENUM(Language, fr, ar, en)

std::string_view code(Language language);  // "fr", "ar", "en"

// Parses Accept-Language (RFC 9110) with q-values; anything unknown or malformed yields French, the default.
Language negotiate_language(std::string_view accept_language);

}  // namespace safargo
