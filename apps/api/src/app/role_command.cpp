#include "app/commands.hpp"
#include "config/config.hpp"
#include "contract/json.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/users/roles.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <pwd.h>
#include <unistd.h>

#include <cstdio>

namespace safargo::app {
namespace {

// The login of the operator, for the audit log.
std::string actor() {
    const passwd* account = getpwuid(geteuid());
    return "shell:" + (account != nullptr ? std::string(account->pw_name) : std::to_string(geteuid()));
}

int refuse(const std::string& reason) {
    std::fprintf(stderr, "safargo-api: %s\n", reason.c_str());
    return 1;
}

Task<Result<users::GivenRole>> give(db::Database& database, PhoneNumber phone, Role role) {
    const Instant now = SystemClock().now();
    co_return co_await database.transact<users::GivenRole>(
        [&](db::Transaction& tx) { return users::give_role(tx, phone, role, actor(), now); });
}

Result<users::GivenRole> give(const std::string& url, const PhoneNumber& phone, Role role) {
    boost::asio::io_context context;
    db::Options options;
    options.url = url;
    options.pool_size = 1;
    options.application_name = "safargo-role";
    db::Database database(context.get_executor(), options);
    std::exception_ptr failure;
    Result<users::GivenRole> given = fail(Code::not_found);
    boost::asio::co_spawn(context, give(database, phone, role),
                          [&](std::exception_ptr thrown, Result<users::GivenRole> answer) {
                              failure = thrown;
                              given = std::move(answer);
                          });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return given;
}

int show(const std::string& phone, const users::GivenRole& given) {
    const std::string before(contract::enum_name(given.before)), now(contract::enum_name(given.now));
    if (given.before == given.now) {
        std::printf("%s is already %s, nothing changed\n", phone.c_str(), now.c_str());
    } else {
        std::printf("%s was %s and is now %s (account %s)\n", phone.c_str(), before.c_str(), now.c_str(),
                    given.user.str().c_str());
    }
    return 0;
}

}  // namespace

int run_role(const RoleOptions& options) {
    const auto role = contract::enum_from<Role>(options.role);
    if (!role || (*role != Role::admin && *role != Role::moderator)) {
        return refuse("\"" + options.role + "\" is not a role that can be given: admin or moderator");
    }
    const auto phone = PhoneNumber::parse(options.phone);
    if (!phone) return refuse("\"" + options.phone + "\" is not a phone number");
    const std::optional<std::string> url = direct_database_url();
    if (!url) return 2;
    const auto given = give(*url, *phone, *role);
    if (given) return show(phone->str(), *given);
    if (given.error().code == Code::not_found) {
        return refuse("no user has the number " + phone->str() + ": they must sign in with it once first");
    }
    return refuse("the account of " + phone->str() + " is suspended or banned");
}

}  // namespace safargo::app
