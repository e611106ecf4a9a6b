// The features of SafarGo: a new one is a line in modules.cpp.
#pragma once

#include "api/authenticator.hpp"
#include "app/module_list.hpp"
#include "app/shared.hpp"
#include "platform/platform.hpp"

namespace safargo::app {

// Everything, for a thread that serves. All arguments outlive the modules.
struct ServingModules {
    ServingModules(const platform::Platform& platform, Shared& shared);

    ModuleList all;
    api::Authenticator& authenticator;
};

// What has jobs, outbox handlers or rows to prune, and what those stand on: for the thread of the jobs.
ModuleList make_working_modules(const platform::Platform& platform, Shared& shared);

}  // namespace safargo::app
