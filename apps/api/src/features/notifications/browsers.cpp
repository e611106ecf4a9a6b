#include "features/notifications/browsers.hpp"

namespace safargo::notifications {

Task<Result<PushKey>> Browsers::key(Caller) {
    if (public_key_.empty()) co_return fail(Code::feature_unavailable);
    co_return PushKey{public_key_};
}

Task<Result<SubscribedBrowser>> Browsers::subscribe(db::Transaction& tx, Caller caller, SubscribeBrowser wanted) {
    if (public_key_.empty()) co_return fail(Code::feature_unavailable);
    const Instant now = clock_.now();
    Browser browser{.id = PushSubscriptionId::make(now),
                    .endpoint = wanted.endpoint.str(),
                    .key = wanted.keys.p256dh.bytes(),
                    .secret = wanted.keys.auth.bytes()};
    const auto id = co_await rows_.put(tx, caller.id, caller.session, std::move(browser), now);
    if (!id) co_return fail(Code::not_found);
    if (co_await rows_.count(tx, caller.id) > most_browsers) co_return fail(Code::too_many_browsers);
    co_return SubscribedBrowser{*id};
}

Task<Result<Nothing>> Browsers::unsubscribe(db::Transaction& tx, Caller caller, PushSubscriptionId id) {
    if (!co_await rows_.remove(tx, caller.id, id)) co_return fail(Code::not_found);
    co_return Nothing{};
}

}  // namespace safargo::notifications
