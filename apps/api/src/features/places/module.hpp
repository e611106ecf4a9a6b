// Sights.
#pragma once

#include "api/public_answers.hpp"
#include "features/places/gallery.hpp"
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

private:
    PlaceService service_;
    PlaceGallery gallery_;
    api::PublicAnswers answers_;
};

}  // namespace safargo::places
