// News for open pages: features tell it (service.hpp), and people follow it at GET /events.
#pragma once

#include "features/live/service.hpp"
#include "features/live/stream_service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

#include <optional>

namespace safargo::live {

class Module final : public platform::Module {
public:
    // `switchboard` is shared by all threads.
    Module(const platform::Platform& platform, Switchboard& switchboard);

    void add_routes(api::Endpoints& endpoints) override;
    std::vector<platform::PruningRule> pruning_rules() const override;
    platform::PersonalData personal_data() const override;

    Announcer announcer() { return Announcer(switchboard_.bells); }

private:
    db::Database& database_;
    const Clock& clock_;
    Switchboard& switchboard_;
    std::optional<StreamService> streams_;  // on threads that serve requests
};

}  // namespace safargo::live
