// Sights, and the search by name of sights and towns.
#pragma once

#include "api/public_answers.hpp"
#include "features/places/gallery.hpp"
#include "features/places/index_keeper.hpp"
#include "features/places/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

#include <string>

namespace safargo::places {

class Module final : public platform::Module {
public:
    // `answers`: of the whole process. `build`: of this program, whose copies others can read.
    Module(const platform::Platform& platform, api::SharedAnswers& answers, std::string build);

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    std::vector<platform::Job> jobs() override;

private:
    Task<void> refresh_names(Instant now);

    db::Database& database_;
    PlaceIndex* index_;
    const geo::Gazetteer& gazetteer_;
    PlaceService service_;
    PlaceGallery gallery_;
    IndexKeeper keeper_;
    api::PublicAnswers answers_;
};

}  // namespace safargo::places
