// Lines of bulk requests: what to do with which document, then the document.
#include "adapters/opensearch/requests.hpp"
#include "contract/writer.hpp"
#include "core/enum_names.hpp"
#include "geo/search_texts.hpp"

namespace safargo::opensearch {
namespace {

using contract::Writer;

// The same version may be written again: a repetition changes nothing.
void action_line(std::string& lines, std::string_view action, const std::string& id, std::int64_t version) {
    Writer out(lines);
    out.begin_object();
    out.key(action);
    out.begin_object();
    out.key("_id");
    out.string(id);
    out.key("version");
    out.integer(version);
    out.key("version_type");
    out.string("external_gte");
    out.end_object();
    out.end_object();
    lines += '\n';
}

void text(Writer& out, std::string_view key, std::string_view value) {
    out.key(key);
    out.string(value);
}

void names(Writer& out, const std::vector<std::string>& folded) {
    out.key("names");
    out.begin_array();
    for (const std::string& name : folded) out.string(name);
    out.end_array();
}

void position(Writer& out, LatLng at) {
    out.key("at");
    out.begin_object();
    out.key("lat");
    out.number(at.lat);
    out.key("lon");
    out.number(at.lng);
    out.end_object();
}

void document_line(std::string& lines, const PlaceDocument& document) {
    const geo::SearchTexts texts = geo::search_texts(document.names);
    Writer out(lines);
    out.begin_object();
    text(out, "id", document_id(document.kind, document.code));
    text(out, "kind", enum_name(document.kind));
    text(out, "code", document.code);
    if (!document.type.empty()) text(out, "type", document.type);
    out.key("wilaya");
    out.integer(document.wilaya);
    position(out, document.at);
    out.key("weight");
    out.integer(document.weight);
    names(out, texts.folded);
    text(out, "words", texts.words);
    text(out, "sounds", texts.sounds);
    text(out, "bones", texts.bones);
    if (!document.description_fr.empty()) text(out, "description_fr", document.description_fr);
    if (!document.description_ar.empty()) text(out, "description_ar", document.description_ar);
    if (!document.description_en.empty()) text(out, "description_en", document.description_en);
    out.end_object();
    lines += '\n';
}

}  // namespace

std::string bulk_of(std::span<const PlaceDocument> documents) {
    std::string lines;
    for (const PlaceDocument& document : documents) {
        action_line(lines, "index", document_id(document.kind, document.code), document.version);
        document_line(lines, document);
    }
    return lines;
}

std::string bulk_removal_of(std::span<const PlaceMark> marks) {
    std::string lines;
    for (const PlaceMark& mark : marks) action_line(lines, "delete", document_id(mark.kind, mark.code), mark.version);
    return lines;
}

}  // namespace safargo::opensearch
