// One thread's services: its own connections, one object per feature. Everything is wired here and nowhere else.
#pragma once

#include "adapters/dev_outbox/dev_messenger.hpp"
#include "api/endpoints.hpp"
#include "app/shared.hpp"
#include "features/auth/service.hpp"
#include "features/notifications/service.hpp"
#include "features/search/service.hpp"
#include "features/users/service.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace safargo::app {

class ThreadServices {
public:
    ThreadServices(Shared& shared, boost::asio::any_io_executor executor, std::size_t connections);

    // Every route of every feature.
    void add_routes(api::Endpoints& endpoints);
    void add_development_routes(http::Router& router);

    db::Database& database() { return database_; }
    api::Runtime& runtime() { return runtime_; }

private:
    db::Database database_;
    dev_outbox::DevMessenger messenger_;
    notifications::Notifications notifications_;
    auth::AuthService auth_;
    users::UserService users_;
    search::SearchService search_;
    api::Runtime runtime_;
};

}  // namespace safargo::app
