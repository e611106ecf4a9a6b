#include "features/places/module.hpp"

#include "features/places/gallery_routes.hpp"
#include "features/places/routes.hpp"

#include <utility>

namespace safargo::places {

namespace {

// What another system finds for words changes when that system has learned of an edit, later than the version.
bool asks_for_words(const http::Request& request) {
    return request.query.starts_with("q=") || request.query.contains("&q=");
}

api::PublicAnswers::Rule rule_of(const platform::Platform& platform) {
    if (platform.place_search == nullptr) return {};
    return [](const http::Request& request) { return !asks_for_words(request); };
}

}  // namespace

Module::Module(const platform::Platform& platform, api::SharedAnswers& answers, std::string build)
    : service_(platform.database, platform.cursors),
      gallery_(platform.clock),
      answers_(answers, platform.cache, std::move(build), rule_of(platform)) {}

void Module::add_routes(api::Endpoints& endpoints) {
    places::add_routes(endpoints, service_, &answers_);
    add_gallery_routes(endpoints, gallery_);
}

}  // namespace safargo::places
