// One thread's resources: its own connections, and the platform its features are built on.
#pragma once

#include "app/adapters.hpp"
#include "app/shared.hpp"
#include "platform/platform.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace safargo::app {

class ThreadPlatform {
public:
    // `name` identifies its connections in PostgreSQL and in the metrics.
    ThreadPlatform(Shared& shared, boost::asio::any_io_executor executor, std::size_t connections,
                   std::string name = "safargo-api");

    const platform::Platform& platform() const { return platform_; }
    Adapters& adapters() { return adapters_; }

private:
    db::Database database_;
    db::Database vendor_database_;
    Adapters adapters_;
    platform::Platform platform_;
};

}  // namespace safargo::app
