#include "app/thread_services.hpp"

#include "adapters/dev_outbox/routes.hpp"
#include "app/database_metrics.hpp"
#include "features/auth/routes.hpp"
#include "features/search/routes.hpp"
#include "features/users/routes.hpp"

namespace safargo::app {
namespace {

db::Options database_options(const Config& config, std::size_t connections) {
    db::Options options;
    options.url = config.database_url;
    options.pool_size = connections;
    options.on_statement = observe_statement;
    return options;
}

auth::AuthOptions auth_options(const Config& config) {
    return {.jwt_secret = config.jwt_secret,
            .jwt_secret_previous = config.jwt_secret_previous,
            .codes_per_ip = config.otp_ip_limit};
}

}  // namespace

ThreadServices::ThreadServices(Shared& shared, boost::asio::any_io_executor executor, std::size_t connections)
    : database_(executor, database_options(shared.config, connections)),
      messenger_(database_, shared.clock),
      notifications_(messenger_, shared.config.jwt_secret),
      auth_(database_, notifications_, shared.limiter, shared.clock, auth_options(shared.config)),
      users_(database_, shared.clock),
      search_(database_, shared.index, shared.cards, shared.cursors, shared.clock),
      runtime_{.database = database_,
               .authenticator = auth_,
               .limiter = shared.limiter,
               .clock = shared.clock,
               .committed = shared.committed,
               .rate_limit_per_user = shared.config.rate_limit_user} {}

void ThreadServices::add_routes(api::Endpoints& endpoints) {
    auth::add_routes(endpoints, auth_);
    users::add_routes(endpoints, users_);
    search::add_routes(endpoints, search_);
}

void ThreadServices::add_development_routes(http::Router& router) {
    dev_outbox::add_routes(router, database_);
}

}  // namespace safargo::app
