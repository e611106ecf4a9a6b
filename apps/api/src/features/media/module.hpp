// Pictures and documents that people upload.
#pragma once

#include "features/media/finishing.hpp"
#include "features/media/permits.hpp"
#include "features/media/service.hpp"
#include "features/media/sweeping.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::media {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform);

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    std::vector<platform::Job> jobs() override;
    std::vector<platform::PruningRule> pruning_rules() const override;
    platform::PersonalData personal_data() const override;

    const PrivatePictures& documents() const { return documents_; }

private:
    Permits permits_;
    Finishing finishing_;
    Sweeping sweeping_;
    PrivatePictures documents_;
};

}  // namespace safargo::media
