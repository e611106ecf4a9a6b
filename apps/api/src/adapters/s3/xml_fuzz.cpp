// Any bytes as an answer of S3: read within the limits or refused, and the same however often it is read.
// Aimed at: adapters/s3/xml.cpp
#include "adapters/s3/xml.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace safargo::s3;

void check(const XmlText& found, std::string_view document, const XmlLimits& limits) {
    const auto slashes = static_cast<std::size_t>(std::ranges::count(found.path, '/'));
    if (slashes >= limits.depth || found.path.size() > limits.depth * (limits.name + 1)) std::abort();
    if (found.text.size() > document.size() || !safargo::is_valid_utf8(found.text)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view document(reinterpret_cast<const char*>(data), size);
    const XmlLimits limits{.bytes = 4096, .depth = 4, .elements = 20, .name = 16};
    const auto texts = read_xml(document, limits);
    if (texts != read_xml(document, limits)) std::abort();
    if (!texts) return 0;
    if (texts->size() > limits.elements || document.size() > limits.bytes) std::abort();
    for (const XmlText& found : *texts) check(found, document, limits);
    return 0;
}
