// The features of SafarGo: each is one line in modules.cpp.
#pragma once

#include "api/authenticator.hpp"
#include "app/module_list.hpp"
#include "app/shared.hpp"
#include "platform/platform.hpp"

namespace safargo::app {

// All modules, for a thread that serves requests. The arguments must outlive them.
struct ServingModules {
    ServingModules(const platform::Platform& platform, Shared& shared);

    ModuleList all;
    api::Authenticator& authenticator;
};

// Modules with jobs, outbox handlers or rows to prune, and their dependencies: for the job thread.
ModuleList make_working_modules(const platform::Platform& platform, Shared& shared);

}  // namespace safargo::app
