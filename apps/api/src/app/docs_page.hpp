// The reader of the OpenAPI document: one page, no library, works without network.
#pragma once

#include <string_view>

namespace safargo::app {

extern const std::string_view docs_html;
extern const std::string_view docs_style;
extern const std::string_view docs_script;

}  // namespace safargo::app
